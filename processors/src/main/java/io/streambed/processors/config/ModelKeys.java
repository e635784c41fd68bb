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

import java.util.List;
import java.util.Optional;

/** The keys of one model alias. */
final class ModelKeys {

  static final String PREFIX = "models.";

  /** The heading in the reference. */
  static final String GROUP = "Models";

  /** What a key of an alias ends with. */
  static final List<String> PROPERTIES =
      List.of("id", "region", "concurrency", "answer.version", "max.tokens");

  final String alias;
  final Keys keys = new Keys(GROUP);
  final Key<Optional<String>> id;
  final Key<Optional<String>> region;
  final Key<Optional<Integer>> concurrency;
  final Key<String> answerVersion;
  final Key<Integer> maxTokens;

  ModelKeys(String alias) {
    this.alias = alias;
    String prefix = PREFIX + alias + ".";
    id =
        keys.optionalText(
            prefix + "id",
            "required",
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
  }

  /** The alias in a key, if it is one of an alias' keys; the alias may hold dots itself. */
  static Optional<String> aliasIn(String key) {
    if (!key.startsWith(PREFIX)) {
      return Optional.empty();
    }
    return PROPERTIES.stream()
        .filter(p -> key.endsWith("." + p) && key.length() > PREFIX.length() + p.length() + 1)
        .findFirst()
        .map(p -> key.substring(PREFIX.length(), key.length() - p.length() - 1));
  }
}
