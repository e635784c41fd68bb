/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

import io.streambed.local.bedrock.BedrockOptions;
import io.streambed.local.bedrock.LocalBedrock;
import java.io.IOException;

/**
 * The stand-in for Amazon Bedrock, with a ledger for a million calls. Its latencies and faults are
 * set over HTTP. Orders: {@code stop} (calls that are open are cut) and {@code restart}.
 */
public final class StandInMain {
  private static final int LEDGER_CALLS = 1_000_000;

  private StandInMain() {}

  /** Starts it and serves until the parent is gone. */
  public static void main(String[] arguments) throws IOException {
    LocalBedrock standIn =
        LocalBedrock.start(BedrockOptions.ephemeral().withLedgerCalls(LEDGER_CALLS));
    Orders.serve(
        standIn.url(),
        order -> {
          switch (order) {
            case "stop" -> standIn.stop();
            case "restart" -> standIn.restart();
            default -> throw new IOException("there is no order " + order);
          }
          return "done";
        });
  }
}
