/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.redrive;

import io.streambed.processors.AdmissionPreview.Preview;
import io.streambed.schemas.DeadLetterCode;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a run would do and cost, topic by topic. Calls are an upper bound: equal requests share one,
 * and what is known already needs none, which is not seen from outside. For one thread.
 */
public final class Forecast {
  private final MeanCosts costs;
  private final Map<String, Sum> byTopic = new TreeMap<>();
  private final Map<DeadLetterCode, Integer> refused = new TreeMap<>();
  private final Set<String> fingerprints = new HashSet<>();

  /**
   * @param costs what calls have cost lately
   */
  public Forecast(MeanCosts costs) {
    this.costs = costs;
  }

  /**
   * Of the requests that would go to one topic.
   *
   * @param requests how many
   * @param calls most calls that they need
   * @param about pico-dollars, if calls cost what they have cost lately, as far as that is known
   * @param unknown calls of models of which it is not
   * @param atMost pico-dollars, for models with a price
   * @param unpriced calls of models without one
   * @param refused requests that would become dead letters again at once
   */
  public record Sum(
      int requests, int calls, long about, int unknown, long atMost, int unpriced, int refused) {
    static final Sum NONE = new Sum(0, 0, 0, 0, 0, 0, 0);

    Sum plus(Sum more) {
      return new Sum(
          requests + more.requests,
          calls + more.calls,
          about + more.about,
          unknown + more.unknown,
          atMost + more.atMost,
          unpriced + more.unpriced,
          refused + more.refused);
    }
  }

  /** Adds a request that would go to a topic that no platform reads, as far as is known. */
  public void add(String topic) {
    add(topic, new Sum(1, 0, 0, 0, 0, 0, 0));
  }

  /** Adds a request that would go to a topic of requests. */
  public void add(String topic, Preview preview) {
    switch (preview) {
      case Preview.Refused(var failure) -> {
        refused.merge(failure.getCode(), 1, Integer::sum);
        add(topic, new Sum(1, 0, 0, 0, 0, 0, 1));
      }
      case Preview.Unknown unknown -> add(topic, new Sum(1, 1, 0, 1, 0, 1, 0));
      case Preview.Admitted admitted ->
          add(topic, fingerprints.add(admitted.fingerprint()) ? call(admitted) : shared());
    }
  }

  private Sum call(Preview.Admitted admitted) {
    OptionalLong mean = costs.of(admitted.model());
    OptionalLong most = admitted.mostPicoDollars();
    return new Sum(
        1,
        1,
        mean.orElse(0),
        mean.isPresent() ? 0 : 1,
        most.orElse(0),
        most.isPresent() ? 0 : 1,
        0);
  }

  private static Sum shared() {
    return new Sum(1, 0, 0, 0, 0, 0, 0);
  }

  private void add(String topic, Sum more) {
    byTopic.merge(topic, more, Sum::plus);
  }

  /** The sums, by topic. */
  public Map<String, Sum> byTopic() {
    return byTopic;
  }

  /** Requests that would become dead letters again at once, by code. */
  public Map<DeadLetterCode, Integer> refused() {
    return refused;
  }

  /** Of all topics. */
  public Sum total() {
    return byTopic.values().stream().reduce(Sum.NONE, Sum::plus);
  }
}
