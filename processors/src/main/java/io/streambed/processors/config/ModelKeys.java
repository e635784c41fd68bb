/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.streambed.processors.model.CachePoints.Place;
import java.util.List;
import java.util.Optional;

/** The keys of one model alias. */
final class ModelKeys {

  /** The heading in the reference. */
  static final String GROUP = "Models";

  static final NamedGroup NAMED =
      new NamedGroup(
          "models.",
          List.of(
              "id",
              "region",
              "concurrency",
              "lanes",
              "reuse.stand.ins",
              "answer.version",
              "max.tokens",
              "cache.points",
              "cache.ttl"));

  static final String HOUR = "1h";
  private static final String FIVE_MINUTES = "5m";

  final String alias;
  final Keys keys = new Keys(GROUP);
  final Key<Optional<String>> id;
  final Key<Optional<String>> region;
  final Key<Optional<Integer>> concurrency;
  final Key<List<String>> lanes;
  final Key<Boolean> reuseStandIns;
  final Key<String> answerVersion;
  final Key<Integer> maxTokens;
  final Key<List<Place>> cachePoints;
  final Key<String> cacheTtl;

  ModelKeys(String alias) {
    this.alias = alias;
    String prefix = NAMED.key(alias, "");
    id =
        keys.optionalText(
            prefix + "id",
            "required, or `lanes`",
            Validators.text(),
            HIGH,
            "The provider's model id, or the id or ARN of an inference profile. Requests name the alias; an embedding model is known by its id.");
    region =
        keys.optionalText(
            prefix + "region",
            "`bedrock.region`",
            Validators.region(),
            HIGH,
            "Region where it is called.");
    concurrency =
        keys.optionalCount(
            prefix + "concurrency",
            Integer.toString(ModelsSection.CONCURRENCY),
            1,
            10_000,
            HIGH,
            "Most calls open at a time in one process. Aliases with the same id and region share one lane, so they must agree.");
    lanes =
        keys.texts(
            prefix + "lanes",
            "one of `id` and `region`",
            HIGH,
            "Lanes that it may use, instead of `id`, with a comma between. They are tried in this order, those of the first one's model before the others: a lane that is full, throttled, broken or stopped is passed over. With weights, `east:3, west:1`, requests are spread by fingerprint, and only a lane that fails is passed over.");
    reuseStandIns =
        keys.flag(
            prefix + "reuse.stand.ins",
            false,
            LOW,
            "Whether the answer of a lane of another model than the one that came first for a request may serve later requests.");
    answerVersion =
        keys.text(
            prefix + "answer.version",
            "1",
            Validators.text(),
            LOW,
            "Change it when old answers shall not serve any more.");
    maxTokens =
        keys.count(
            prefix + "max.tokens",
            4_096,
            1,
            1_000_000,
            MEDIUM,
            "Most tokens in an answer where the request does not say.");
    cachePoints =
        keys.choices(
            prefix + "cache.points",
            Place.class,
            List.of(),
            "none",
            MEDIUM,
            "Behind what the model's own prompt cache gets a point, with a comma between, in requests that set none themselves: what stands before it costs more to write once, and much less to read again. Lanes whose models have no prompt cache get none.");
    cacheTtl =
        keys.text(
            prefix + "cache.ttl",
            FIVE_MINUTES,
            Validators.oneOf(List.of(FIVE_MINUTES, HOUR)),
            MEDIUM,
            "How long the prompt cache keeps what is written at these points. An hour costs more to write, and becomes five minutes at models that have no hour.");
  }
}
