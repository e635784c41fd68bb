/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.demo;

import io.streambed.cli.request.BadFieldException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests of the demonstration: those that are published at once, and those that are published
 * when all of the first are settled.
 */
final class Workload {
  private static final List<String> FIRST =
      List.of("questions", "equal-questions", "texts", "mistakes", "trouble");
  private static final List<String> LATER = List.of("later");

  private final List<DemoLine> first;
  private final List<DemoLine> later;

  private Workload(List<DemoLine> first, List<DemoLine> later) {
    this.first = first;
    this.later = later;
  }

  /**
   * Reads the packaged files.
   *
   * @param now what relative deadlines count from
   * @throws BadFieldException if a line is wrong
   * @throws IOException if a file cannot be read
   */
  static Workload read(Instant now) throws BadFieldException, IOException {
    DemoFile files = new DemoFile(now);
    return new Workload(lines(files, FIRST), lines(files, LATER));
  }

  private static List<DemoLine> lines(DemoFile files, List<String> names)
      throws BadFieldException, IOException {
    List<DemoLine> lines = new ArrayList<>();
    for (String name : names) {
      lines.addAll(files.read(name));
    }
    return List.copyOf(lines);
  }

  List<DemoLine> first() {
    return first;
  }

  List<DemoLine> later() {
    return later;
  }
}
