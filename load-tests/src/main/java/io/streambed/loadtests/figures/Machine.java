/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What was measured on.
 *
 * @param cpu its name, as the kernel has it
 * @param cores that this JVM sees
 * @param memory in all
 * @param kernel name and version
 * @param jvm vendor and version
 */
public record Machine(String cpu, int cores, String memory, String kernel, String jvm) {

  /** This one. */
  public static Machine here() {
    return new Machine(
        after("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        gibibytes(after("/proc/meminfo", "MemTotal")),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + Runtime.version());
  }

  private static String gibibytes(String kilobytes) {
    String digits = kilobytes.replaceAll("\\D", "");
    return digits.isEmpty()
        ? "unknown"
        : Math.round(Long.parseLong(digits) / 1024.0 / 1024.0) + " GiB";
  }

  private static String after(String file, String word) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(word))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
