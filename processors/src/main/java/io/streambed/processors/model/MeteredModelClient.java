/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.streambed.processors.model.ModelResult.Failed;
import io.streambed.processors.model.ModelResult.PromptAnswered;
import io.streambed.processors.model.ModelResult.TextsEmbedded;
import io.streambed.schemas.TokenUsage;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Counts and times calls by lane and outcome, and tokens by lane and kind.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><td>{@code streambed.model.call}</td><td>timer: lane, outcome (answered, or the failure)</td></tr>
 * <tr><td>{@code streambed.model.tokens}</td><td>counter: lane, kind (input, output, cache_read,
 * cache_write)</td></tr>
 * </table>
 */
public final class MeteredModelClient implements ModelClient {

  private static final String ANSWERED = "answered";

  private final ModelClient client;
  private final MeterRegistry meters;

  public MeteredModelClient(ModelClient client, MeterRegistry meters) {
    this.client = client;
    this.meters = meters;
  }

  @Override
  public CompletableFuture<ModelResult> call(ModelCall call) {
    long start = meters.config().clock().monotonicTime();
    String lane = call.lane().name();
    return client
        .call(call)
        .thenApply(result -> {
          count(lane, result, meters.config().clock().monotonicTime() - start);
          return result;
        });
  }

  @Override
  public void close() {
    client.close();
  }

  private void count(String lane, ModelResult result, long nanos) {
    String outcome;
    TokenUsage usage;
    switch (result) {
      case PromptAnswered answered -> {
        outcome = ANSWERED;
        usage = answered.usage();
      }
      case TextsEmbedded embedded -> {
        outcome = ANSWERED;
        usage = embedded.usage();
      }
      case Failed failed -> {
        outcome = failed.reason().name().toLowerCase(Locale.ROOT);
        usage = failed.usage();
      }
    }
    Timer.builder("streambed.model.call")
        .description("Calls to models, from start to answer")
        .tag("lane", lane)
        .tag("outcome", outcome)
        .publishPercentileHistogram()
        .register(meters)
        .record(nanos, TimeUnit.NANOSECONDS);
    tokens(lane, "input", usage.getInputTokens());
    tokens(lane, "output", usage.getOutputTokens());
    tokens(lane, "cache_read", usage.getCacheReadInputTokens());
    tokens(lane, "cache_write", usage.getCacheWriteInputTokens());
  }

  private void tokens(String lane, String kind, long tokens) {
    if (tokens > 0) {
      Counter.builder("streambed.model.tokens")
          .description("Tokens as the provider counted them")
          .tag("lane", lane)
          .tag("kind", kind)
          .register(meters)
          .increment((double) tokens);
    }
  }
}
