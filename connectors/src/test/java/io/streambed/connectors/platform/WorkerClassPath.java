/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a worker has on its class path: Kafka's jars and what these need, and nothing that the
 * plugin brings along. Otherwise a jar that the plugin's folder lacks would be found in the worker,
 * and missed by users only.
 */
final class WorkerClassPath {

  /** Beginnings of the names of jars that both need, each its own. */
  private static final Set<String> BOTH = Set.of("jackson-", "commons-");

  private static final String OURS = "streambed-";

  private WorkerClassPath() {}

  /**
   * The class path of the tests, without what a worker must not have.
   *
   * @param plugins what the worker is told as {@code plugin.path}
   */
  static String of(Path plugins) throws IOException {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
    try (Stream<Path> files = Files.walk(plugins)) {
      Set<String> brought = files.map(file -> name(file.toString())).collect(Collectors.toSet());
      return String.join(
          File.pathSeparator, of(List.of(all.split(File.pathSeparator, -1)), brought));
    }
  }

  /**
   * Those entries that stay.
   *
   * @param brought names of the plugin's jars
   */
  static List<String> of(List<String> entries, Set<String> brought) {
    return entries.stream().filter(entry -> stays(name(entry), brought)).toList();
  }

  private static boolean stays(String name, Set<String> brought) {
    if (!name.endsWith(".jar") || name.startsWith(OURS)) {
      return false;
    }
    return !brought.contains(name) || BOTH.stream().anyMatch(name::startsWith);
  }

  private static String name(String entry) {
    return entry.substring(entry.lastIndexOf(File.separatorChar) + 1);
  }
}
