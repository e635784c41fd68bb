/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is passed to Kafka's clients as it is. */
final class ClientSettings {

  /** Settings on which the promises rest, and what sets them instead. */
  private static final Map<String, String> OURS =
      Map.ofEntries(
          Map.entry("bootstrap.servers", "Set kafka.bootstrap.servers"),
          Map.entry("application.id", "Set application.id"),
          Map.entry("group.id", "Set application.id"),
          Map.entry("group.instance.id", "Set instance.id"),
          Map.entry("transactional.id", "Remove it"),
          Map.entry("transaction.timeout.ms", "Set transaction.timeout.ms"),
          Map.entry("session.timeout.ms", "Set session.timeout.ms"),
          Map.entry("isolation.level", "Remove it"),
          Map.entry("enable.auto.commit", "Remove it"),
          Map.entry("enable.idempotence", "Remove it"),
          Map.entry("acks", "Remove it"),
          Map.entry("processing.guarantee", "Remove it"),
          Map.entry("state.dir", "Set state.dir"),
          Map.entry("num.stream.threads", "Set stream.threads"),
          Map.entry("num.standby.replicas", "Set standby.replicas"));

  private ClientSettings() {}

  static Map<String, String> read(Map<String, String> values, Problems problems) {
    Map<String, String> client =
        values.entrySet().stream()
            .filter(e -> e.getKey().startsWith(ConfigLoader.CLIENT_PREFIX))
            .collect(
                Collectors.toMap(
                    e -> e.getKey().substring(ConfigLoader.CLIENT_PREFIX.length()),
                    Map.Entry::getValue,
                    (a, b) -> b,
                    TreeMap::new));
    OURS.forEach((key, fix) -> {
      if (client.containsKey(key)) {
        problems.add(ConfigLoader.CLIENT_PREFIX + key, "", "the platform sets this itself", fix);
      }
    });
    return client;
  }
}
