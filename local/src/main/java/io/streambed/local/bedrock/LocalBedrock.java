/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import io.streambed.local.bedrock.catalog.ModelCatalog;
import io.streambed.local.bedrock.catalog.PriceList;
import io.streambed.local.bedrock.control.ControlApi;
import io.streambed.local.bedrock.control.ControlReply;
import io.streambed.local.bedrock.fault.Faults;
import io.streambed.local.bedrock.latency.Latencies;
import io.streambed.local.bedrock.latency.Latency;
import io.streambed.local.bedrock.ledger.Ledger;
import io.streambed.local.bedrock.quota.Quota;
import io.streambed.local.bedrock.quota.Quotas;
import io.streambed.local.bedrock.wire.Answer;
import io.streambed.local.bedrock.wire.ErrorType;
import io.streambed.local.bedrock.wire.Json;
import io.streambed.local.http.Exchange;
import io.streambed.local.http.HttpPort;
import io.streambed.local.http.Request;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for Amazon Bedrock's runtime over real HTTP. Unmodified AWS clients work against it
 * with its address as endpoint override and any credentials. Safe to use from any thread.
 */
public final class LocalBedrock implements AutoCloseable {
  /** Command-line flag that chooses the port. */
  public static final String PORT_FLAG = "--bedrock-port";

  private final Ledger ledger;
  private final Quotas quotas = new Quotas();
  private final ModelCatalog catalog = ModelCatalog.load();
  private final Faults faults;
  private final Latencies latencies;
  private final CallHandler calls;
  private final ControlApi control;
  private final ExecutorService controlThread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("bedrock-control").factory());
  private final BedrockOptions options;
  private volatile int port;
  private @Nullable HttpPort http;

  private LocalBedrock(BedrockOptions options) {
    this.options = options;
    this.port = options.port();
    this.ledger = new Ledger(options.ledgerCalls());
    // Shared by all calls: java.util.Random is safe for several threads.
    Random random = new Random(options.seed());
    this.faults = new Faults(random);
    this.latencies = new Latencies(options.latency());
    Planner planner = new Planner(catalog, quotas, latencies, random);
    this.calls =
        new CallHandler(
            ledger, faults, quotas, planner, options.region(), Clock.systemUTC(), System::nanoTime);
    this.control = new ControlApi(ledger, faults, latencies, quotas);
  }

  /**
   * Starts the stand-in; it serves clients when this returns.
   *
   * @throws io.streambed.local.port.PortTakenException if a port was asked for and is taken
   */
  public static LocalBedrock start(BedrockOptions options) {
    LocalBedrock bedrock = new LocalBedrock(options);
    bedrock.restart();
    return bedrock;
  }

  /** Base address, for a client's endpoint override. Stays the same over stop and restart. */
  public String url() {
    return "http://" + options.host() + ":" + port;
  }

  /** Every call that was received. */
  public Ledger ledger() {
    return ledger;
  }

  /** What is set to go wrong. */
  public Faults faults() {
    return faults;
  }

  /** From now on a model takes so long; {@code *} means every model without one of its own. */
  public void latency(String modelId, Latency latency) {
    latencies.set(modelId, latency);
  }

  /**
   * From now on a model costs so much, and on the routes that cost more a tenth more.
   *
   * @param modelId the model's id, without a prefix of an inference profile
   */
  public void price(String modelId, PriceList prices) {
    catalog.price(modelId, prices);
  }

  /** The quotas that are set. */
  public Quotas quotas() {
    return quotas;
  }

  /** From now on a model in a region has this quota; {@code *} means every one without its own. */
  public void quota(String modelId, String region, Quota quota) {
    quotas.set(modelId, region, quota);
  }

  /** Stops listening and cuts calls that are open. Ledger, faults and quotas are kept. */
  public synchronized void stop() {
    if (http != null) {
      http.close();
      http = null;
    }
  }

  /** Stops if it runs, and listens on the same port again. */
  public synchronized void restart() {
    stop();
    http = HttpPort.open("The Bedrock stand-in", options.host(), port, PORT_FLAG, this::route);
    port = http.port();
  }

  /** Stops at once; calls that are open are cut. */
  @Override
  public void close() {
    stop();
    controlThread.shutdown();
  }

  private void route(Exchange exchange) {
    Request request = exchange.request();
    if (request.path().startsWith(ControlApi.PREFIX)) {
      // Reading a long ledger takes a while, and calls are not to wait for it.
      controlThread.execute(() -> control(exchange));
      return;
    }
    Optional<ModelPath> model = ModelPath.parse(request.path());
    if (model.isPresent() && request.method().equals("POST")) {
      calls.handle(model.get(), exchange);
      return;
    }
    new ResponseWriter(exchange)
        .refuse(
            new Answer.Refusal(ErrorType.UNKNOWN_OPERATION, ErrorType.UNKNOWN_OPERATION.message()));
  }

  private void control(Exchange exchange) {
    Request request = exchange.request();
    Map<String, String> query = new HashMap<>();
    request.query().forEach((name, values) -> query.put(name, values.getFirst()));
    String path = request.path().substring(ControlApi.PREFIX.length());
    try {
      ControlReply reply =
          control.handle(request.method(), path, query, Json.parse(request.body()));
      exchange.reply(
          reply.status(), Map.of("Content-Type", "application/json"), Json.bytes(reply.body()));
    } catch (RuntimeException e) {
      // The exchange knows what to do with a step that fails, and this thread does not.
      exchange.after(
          Duration.ZERO,
          () -> {
            throw e;
          });
    }
  }
}
