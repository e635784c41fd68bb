/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Keys that are there once for each thing that the user names: {@code models.<alias>.id}.
 *
 * @param prefix what such a key begins with, such as {@code models.}
 * @param properties what such a key ends with, without the dot before
 */
record NamedGroup(String prefix, List<String> properties) {

  NamedGroup {
    properties = List.copyOf(properties);
  }

  /** All there are. */
  static List<NamedGroup> all() {
    return List.of(LaneKeys.NAMED, ModelKeys.NAMED, TenantKeys.NAMED);
  }

  /** A name's key. */
  String key(String name, String property) {
    return prefix + name + "." + property;
  }

  /** The name in a key, if it is one of this group's; the name may hold dots itself. */
  Optional<String> nameIn(String key) {
    if (!key.startsWith(prefix)) {
      return Optional.empty();
    }
    return properties.stream()
        .filter(p -> key.endsWith("." + p) && key.length() > prefix.length() + p.length() + 1)
        .findFirst()
        .map(p -> key.substring(prefix.length(), key.length() - p.length() - 1));
  }

  /** The names that some keys hold, in order. */
  List<String> namesIn(Map<String, String> values) {
    return values.keySet().stream()
        .map(this::nameIn)
        .flatMap(Optional::stream)
        .distinct()
        .sorted()
        .toList();
  }

  /** The key that a variable of the environment sets by its form alone. */
  Optional<String> keyOf(String variable) {
    String begin = EnvironmentNames.of(prefix);
    return properties.stream()
        .filter(p -> variable.startsWith(begin))
        .filter(p -> variable.endsWith(end(p)))
        .filter(p -> variable.length() > begin.length() + p.length() + 1)
        .findFirst()
        .map(p ->
            key(
                variable
                    .substring(begin.length(), variable.length() - p.length() - 1)
                    .toLowerCase(Locale.ROOT)
                    .replace('_', '-'),
                p));
  }

  private static String end(String property) {
    return EnvironmentNames.of("." + property).substring(EnvironmentNames.PREFIX.length());
  }
}
