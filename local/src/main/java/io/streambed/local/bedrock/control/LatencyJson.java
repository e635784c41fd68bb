/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.local.bedrock.latency.Latency;
import io.streambed.local.bedrock.wire.Json;
import java.time.Duration;
import java.util.Set;

/** Latencies as JSON. */
final class LatencyJson {
  private static final Set<String> FIELDS =
      Set.of(
          "model",
          "kind",
          "millis",
          "leastMillis",
          "mostMillis",
          "medianMillis",
          "sigma",
          "firstMillis",
          "tokenMillis");
  private static final double WIDEST = 3;
  private static final double SLOWEST_TOKEN_MILLIS = 60_000;
  private static final double NANOS_A_MILLI = 1e6;

  private LatencyJson() {}

  static Latency read(ObjectNode body) {
    Fields fields = new Fields(body).only(FIELDS);
    return switch (fields.text("kind")) {
      case "fixed" -> new Latency.Fixed(fields.millis("millis"));
      case "uniform" -> uniform(fields.millis("leastMillis"), fields.millis("mostMillis"));
      case "log-normal" ->
          new Latency.LogNormal(fields.millis("medianMillis"), fields.number("sigma", 0, WIDEST));
      case "per-token" ->
          new Latency.PerToken(
              fields.millis("firstMillis"),
              Duration.ofNanos(
                  (long) (fields.number("tokenMillis", 0, SLOWEST_TOKEN_MILLIS) * NANOS_A_MILLI)));
      default ->
          throw new InvalidFieldException(
              "kind", "must be fixed, uniform, log-normal or per-token");
    };
  }

  private static Latency uniform(Duration least, Duration most) {
    if (least.compareTo(most) > 0) {
      throw new InvalidFieldException("leastMillis", "must not be above mostMillis");
    }
    return new Latency.Uniform(least, most);
  }

  static ObjectNode write(String model, Latency latency) {
    ObjectNode node = Json.object().put("model", model);
    switch (latency) {
      case Latency.Fixed(Duration time) -> node.put("kind", "fixed").put("millis", time.toMillis());
      case Latency.Uniform(Duration least, Duration most) ->
          node.put("kind", "uniform")
              .put("leastMillis", least.toMillis())
              .put("mostMillis", most.toMillis());
      case Latency.LogNormal(Duration median, double sigma) ->
          node.put("kind", "log-normal").put("medianMillis", median.toMillis()).put("sigma", sigma);
      case Latency.PerToken(Duration first, Duration each) ->
          node.put("kind", "per-token")
              .put("firstMillis", first.toMillis())
              .put("tokenMillis", each.toNanos() / NANOS_A_MILLI);
    }
    return node;
  }
}
