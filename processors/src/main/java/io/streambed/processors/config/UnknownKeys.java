/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Refuses keys that nothing reads, and says what may have been meant. */
final class UnknownKeys {

  private UnknownKeys() {}

  static void refuse(Collection<String> given, Set<String> known, Problems problems) {
    given.stream()
        .filter(key -> !known.contains(key) && !isClientSetting(key))
        .forEach(key ->
            problems.add(
                key,
                "",
                "there is no such setting",
                hint(key, known)
                    .map(near -> "Did you mean " + near + "?")
                    .orElse("See docs/configuration.md")));
  }

  private static boolean isClientSetting(String key) {
    return key.startsWith(ConfigLoader.CLIENT_PREFIX)
        && key.length() > ConfigLoader.CLIENT_PREFIX.length();
  }

  private static Optional<String> hint(String key, Set<String> known) {
    Set<String> candidates = new TreeSet<>(known);
    int lastDot = key.lastIndexOf('.');
    for (NamedGroup group : NamedGroup.all()) {
      if (key.startsWith(group.prefix()) && lastDot > group.prefix().length()) {
        String named = key.substring(0, lastDot + 1);
        group.properties().forEach(p -> candidates.add(named + p));
      }
    }
    return Nearest.to(key, candidates)
        .or(() -> kafka(key) ? Optional.of(ConfigLoader.CLIENT_PREFIX + key) : Optional.empty());
  }

  private static boolean kafka(String key) {
    return ConsumerConfig.configNames().contains(key)
        || ProducerConfig.configNames().contains(key)
        || AdminClientConfig.configNames().contains(key);
  }
}
