/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts the content of secret files in the place of {@code <key>.file}. */
final class SecretFiles {

  private SecretFiles() {}

  /** The keys that name files, for the secrets among the declared keys. */
  static Set<String> keys(List<Keys> groups) {
    Set<String> names = new TreeSet<>();
    groups.stream()
        .flatMap(g -> g.declared().stream())
        .filter(Key::secret)
        .forEach(key -> names.add(key.fileName()));
    return names;
  }

  /**
   * Returns the values with each secret in place of the file that holds it.
   *
   * @param secretKeys keys that name files; so do those of Kafka clients that end in {@code .file}
   */
  static Map<String, String> resolve(
      Map<String, String> values, Set<String> secretKeys, Problems problems) {
    Map<String, String> resolved = new TreeMap<>(values);
    values.forEach((key, path) -> {
      boolean client = key.startsWith(ConfigLoader.CLIENT_PREFIX) && key.endsWith(".file");
      if (client || secretKeys.contains(key)) {
        resolved.remove(key);
        String secret = key.substring(0, key.length() - ".file".length());
        if (values.containsKey(secret)) {
          problems.add(
              key, path, secret + " is given as well", "Give the secret or its file, not both");
        } else {
          read(resolved, key, secret, path, problems);
        }
      }
    });
    return resolved;
  }

  private static void read(
      Map<String, String> resolved, String key, String secret, String path, Problems problems) {
    try {
      resolved.put(secret, Files.readString(Path.of(path)).strip());
    } catch (IOException | InvalidPathException e) {
      problems.add(key, path, "the file cannot be read", "Check that it is there and may be read");
    }
  }
}
