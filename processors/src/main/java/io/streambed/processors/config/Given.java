/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import io.streambed.processors.config.Setting.Origin;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the operator gave: the file's settings, and the environment's over them. A blank variable
 * takes the file's value away, so that one variable can switch back to the default.
 *
 * @param values by dotted key
 */
record Given(Map<String, String> values, Map<String, Origin> origins) {

  /**
   * Lays the environment over the file.
   *
   * @param declared every key that does not depend on the file, those of secret files included
   */
  static Given merge(
      Map<String, String> file,
      Map<String, String> environment,
      Set<String> declared,
      Problems problems) {
    Map<String, String> values = new TreeMap<>();
    Map<String, Origin> origins = new HashMap<>();
    file.forEach((key, value) -> {
      if (!value.isBlank()) {
        values.put(key, value);
        origins.put(key, Origin.FILE);
      }
    });
    Map<String, String> keys = variables(declared, file.keySet());
    new TreeMap<>(environment)
        .forEach((variable, value) -> {
          Optional<String> key =
              Optional.ofNullable(keys.get(variable))
                  .or(() -> EnvironmentNames.dynamicKey(variable));
          if (key.isPresent()) {
            override(values, origins, key.get(), value);
          } else if (!value.isBlank() && !EnvironmentNames.foreign(variable)) {
            problems.add(
                variable,
                "",
                "no setting has this environment variable",
                Nearest.to(variable, keys.keySet())
                    .map(near -> "Did you mean " + near + "?")
                    .orElse("See docs/configuration.md"));
          }
        });
    return new Given(values, origins);
  }

  private static void override(
      Map<String, String> values, Map<String, Origin> origins, String key, String value) {
    if (value.isBlank()) {
      values.remove(key);
      return;
    }
    // A secret and the file that holds it replace each other.
    if (origins.get(twin(key)) == Origin.FILE) {
      values.remove(twin(key));
    }
    values.put(key, value);
    origins.put(key, Origin.ENVIRONMENT);
  }

  private static Map<String, String> variables(Set<String> declared, Set<String> inFile) {
    Set<String> keys = new TreeSet<>(declared);
    keys.addAll(inFile);
    for (NamedGroup group : NamedGroup.all()) {
      inFile.stream()
          .map(group::nameIn)
          .flatMap(Optional::stream)
          .distinct()
          .forEach(name -> group.properties().forEach(p -> keys.add(group.key(name, p))));
    }
    Map<String, String> byVariable = new TreeMap<>();
    keys.forEach(key -> byVariable.put(EnvironmentNames.of(key), key));
    return byVariable;
  }

  private static String twin(String key) {
    return key.endsWith(".file") ? key.substring(0, key.length() - 5) : key + ".file";
  }
}
