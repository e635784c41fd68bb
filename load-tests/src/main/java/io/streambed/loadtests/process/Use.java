/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process has used since its start.
 *
 * @param cpuSeconds of all its threads, in user and in system mode
 * @param residentBytes memory that it holds
 */
public record Use(double cpuSeconds, long residentBytes) {
  // USER_HZ: what the kernel counts in for programs, on every architecture that Java runs on.
  private static final double TICKS_A_SECOND = 100;
  private static final long PAGE_BYTES = 4096;
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;
  private static final int RESIDENT_PAGES = 21;

  /** Nothing, also of a process that is no more. */
  public static final Use NONE = new Use(0, 0);

  /** Of a process that lives; {@link #NONE} of another. */
  public static Use of(long pid) {
    try {
      return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
    } catch (IOException e) {
      return NONE;
    }
  }

  /**
   * @param stat a line of {@code /proc/PID/stat}, see proc(5)
   */
  static Use parse(String stat) {
    // The name, the second field, stands in parentheses and may hold anything.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
    return new Use(ticks / TICKS_A_SECOND, Long.parseLong(fields[RESIDENT_PAGES]) * PAGE_BYTES);
  }

  /** CPU that everything on this machine has used since it started, in seconds; idle left out. */
  static double ofTheMachine() {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc/stat"));
      return busySeconds(lines.getFirst());
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * @param cpu the first line of {@code /proc/stat}: user, nice, system, idle, iowait, irq, softirq
   */
  static double busySeconds(String cpu) {
    String[] fields = cpu.trim().split("\\s+", -1);
    long ticks = 0;
    for (int field : new int[] {1, 2, 3, 6, 7}) {
      ticks += Long.parseLong(fields[field]);
    }
    return ticks / TICKS_A_SECOND;
  }
}
