/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.streambed.local.bedrock.latency.Latencies;
import io.streambed.local.bedrock.latency.Latency;
import io.streambed.local.bedrock.ledger.Ledger;
import io.streambed.local.http.HttpPort;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;

/**
 * A stand-in for Amazon Bedrock's runtime over real HTTP. Unmodified AWS clients work against it
 * with its address as endpoint override and any credentials. Safe to use from any thread.
 */
public final class LocalBedrock implements AutoCloseable {
  /** Command-line flag that chooses the port. */
  public static final String PORT_FLAG = "--bedrock-port";

  private final Ledger ledger = new Ledger();
  private final Latencies latencies;
  private final CallHandler calls;
  private final HttpPort http;

  private LocalBedrock(BedrockOptions options) {
    this.latencies = new Latencies(options.latency());
    this.calls =
        new CallHandler(
            ledger, latencies, new Random(options.seed()), options.region(), Clock.systemUTC());
    this.http =
        HttpPort.open(
            "The Bedrock stand-in", options.host(), options.port(), PORT_FLAG, this::route);
  }

  /**
   * Starts the stand-in; it serves clients when this returns.
   *
   * @throws io.streambed.local.port.PortTakenException if a port was asked for and is taken
   */
  public static LocalBedrock start(BedrockOptions options) {
    return new LocalBedrock(options);
  }

  /** Base address, for a client's endpoint override. */
  public String url() {
    return http.url();
  }

  /** Every call that was received. */
  public Ledger ledger() {
    return ledger;
  }

  /** From now on a model takes so long; {@code *} means every model without one of its own. */
  public void latency(String modelId, Latency latency) {
    latencies.set(modelId, latency);
  }

  /** Stops at once; calls that are open are cut. */
  @Override
  public void close() {
    http.close();
  }

  private void route(ServerRequest request, ServerResponse response) {
    Optional<ModelPath> path = ModelPath.parse(request.path().rawPath());
    if (path.isEmpty()) {
      response.status(404).send();
      return;
    }
    calls.handle(path.get(), request, response);
  }
}
