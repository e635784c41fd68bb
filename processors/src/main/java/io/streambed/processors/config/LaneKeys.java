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

import io.streambed.processors.model.Tier;
import io.streambed.schemas.Priority;
import io.streambed.schemas.state.Feature;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The keys of one named lane. */
final class LaneKeys {

  /** The heading in the reference. */
  static final String GROUP = "Lanes";

  static final NamedGroup NAMED =
      new NamedGroup(
          "lanes.",
          List.of(
              "id",
              "region",
              "tier",
              "concurrency",
              "requests.per.minute",
              "tokens.per.minute",
              "tokens.per.day",
              "burndown",
              "tenants",
              "priorities",
              "lacks",
              "max.input.bytes",
              "min.time.left.ms"));

  final String name;
  final Keys keys = new Keys(GROUP);
  final Key<Optional<String>> id;
  final Key<Optional<String>> region;
  final Key<Tier> tier;
  final Key<Integer> concurrency;
  final Key<OptionalLong> requestsPerMinute;
  final Key<OptionalLong> tokensPerMinute;
  final Key<OptionalLong> tokensPerDay;
  final Key<Optional<Integer>> burndown;
  final Key<List<String>> tenants;
  final Key<List<Priority>> priorities;
  final Key<List<Feature>> lacks;
  final Key<Integer> maxBytes;
  final Key<Duration> minTimeLeft;

  LaneKeys(String name) {
    this.name = name;
    id =
        keys.optionalText(
            NAMED.key(name, "id"),
            "required",
            Validators.text(),
            HIGH,
            "The provider's model id, or the id or ARN of an inference profile.");
    region =
        keys.optionalText(
            NAMED.key(name, "region"),
            "`bedrock.region`",
            Validators.region(),
            HIGH,
            "Region where it is called.");
    tier =
        keys.choice(
            NAMED.key(name, "tier"),
            Tier.DEFAULT,
            MEDIUM,
            "The provider's class of service that is asked for. Costs are reckoned by the prices of the default one.");
    concurrency =
        keys.count(
            NAMED.key(name, "concurrency"),
            ModelsSection.CONCURRENCY,
            1,
            10_000,
            HIGH,
            "Most calls open at a time in one process.");
    requestsPerMinute =
        keys.optionalNumber(
            NAMED.key(name, "requests.per.minute"),
            "no limit",
            HIGH,
            "Calls a minute of all instances together.");
    tokensPerMinute =
        keys.optionalNumber(
            NAMED.key(name, "tokens.per.minute"),
            "no limit",
            HIGH,
            "Tokens a minute of all instances together, as the provider counts them for its quota.");
    tokensPerDay =
        keys.optionalNumber(
            NAMED.key(name, "tokens.per.day"),
            "no limit",
            MEDIUM,
            "The same a day, spread evenly over it.");
    burndown =
        keys.optionalCount(
            NAMED.key(name, "burndown"),
            "the model's, as far as it is known; else 1",
            1,
            1_000,
            LOW,
            "Tokens of the quota that a token of the answer takes.");
    tenants =
        keys.texts(
            NAMED.key(name, "tenants"),
            "all",
            MEDIUM,
            "Tenants whose requests it takes, with a comma between.");
    priorities =
        keys.choices(
            NAMED.key(name, "priorities"),
            Priority.class,
            List.of(Priority.UNKNOWN),
            "all",
            MEDIUM,
            "Priorities that it takes, with a comma between.");
    lacks =
        keys.choices(
            NAMED.key(name, "lacks"),
            Feature.class,
            List.of(Feature.UNKNOWN),
            "none",
            MEDIUM,
            "What its model cannot do, with a comma between: a request that needs it takes another lane.");
    maxBytes =
        keys.count(
            NAMED.key(name, "max.input.bytes"),
            Integer.MAX_VALUE,
            1,
            Integer.MAX_VALUE,
            LOW,
            "Bytes of the largest request that it takes.");
    minTimeLeft =
        keys.millis(
            NAMED.key(name, "min.time.left.ms"),
            0,
            0,
            Duration.ofDays(1).toMillis(),
            LOW,
            "A request whose deadline is nearer takes another lane, if there is one.");
  }
}
