/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import io.streambed.local.bedrock.latency.Latency;
import io.streambed.local.bedrock.ledger.Ledger;

/**
 * How the stand-in is started.
 *
 * @param host address to listen on
 * @param port port; 0 picks a free one
 * @param latency how long models take that have no latency of their own
 * @param region region of a call whose signature names none
 * @param seed start of the chance in latencies and faults
 * @param ledgerCalls most calls that the ledger holds; about 1 kB each
 */
public record BedrockOptions(
    String host, int port, Latency latency, String region, long seed, int ledgerCalls) {

  /** Port that the stand-in uses unless told otherwise. */
  public static final int CUSTOMARY_PORT = 8000;

  /** A stand-in for one test: a free port on the loopback address, answers at once. */
  public static BedrockOptions ephemeral() {
    return new BedrockOptions("127.0.0.1", 0, Latency.NONE, "us-east-1", 1, Ledger.USUALLY_KEPT);
  }

  /** The same with another address. */
  public BedrockOptions withHost(String newHost) {
    return new BedrockOptions(newHost, port, latency, region, seed, ledgerCalls);
  }

  /** The same with another port. */
  public BedrockOptions withPort(int newPort) {
    return new BedrockOptions(host, newPort, latency, region, seed, ledgerCalls);
  }

  /** The same with another latency. */
  public BedrockOptions withLatency(Latency newLatency) {
    return new BedrockOptions(host, port, newLatency, region, seed, ledgerCalls);
  }

  /** The same with a ledger that holds so many calls. */
  public BedrockOptions withLedgerCalls(int newLedgerCalls) {
    return new BedrockOptions(host, port, latency, region, seed, newLedgerCalls);
  }
}
