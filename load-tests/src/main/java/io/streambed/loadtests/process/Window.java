/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A stretch of time over which processes are measured. For one thread. */
public final class Window {
  private final List<Child> children;
  private final Map<String, Double> cpuBefore = new HashMap<>();
  private final double machineBefore = Use.ofTheMachine();
  private final double ownBefore = Use.of(ProcessHandle.current().pid()).cpuSeconds();
  private final long beganNanos = System.nanoTime();

  private Window(List<Child> children) {
    this.children = children;
    children.forEach(child -> cpuBefore.put(child.name(), child.use().cpuSeconds()));
  }

  /** Begins now. */
  public static Window open(Children children) {
    return new Window(children.living());
  }

  /** When it began, as {@link System#nanoTime} says. */
  public long beganNanos() {
    return beganNanos;
  }

  /** Ends now. */
  public Spent close() {
    double seconds = (System.nanoTime() - beganNanos) / 1e9;
    Map<String, Double> cpu = new HashMap<>();
    Map<String, Long> resident = new HashMap<>();
    for (Child child : children) {
      Use use = child.use();
      double before = cpuBefore.getOrDefault(child.name(), 0.0);
      cpu.put(child.name(), Math.max(0, use.cpuSeconds() - before));
      resident.put(child.name(), use.residentBytes());
    }
    double own = Use.of(ProcessHandle.current().pid()).cpuSeconds() - ownBefore;
    double ours = own + cpu.values().stream().mapToDouble(Double::doubleValue).sum();
    double others = Math.max(0, Use.ofTheMachine() - machineBefore - ours);
    return new Spent(seconds, cpu, resident, own, others);
  }

  /**
   * What was used.
   *
   * @param seconds length of the window
   * @param cpuSeconds by process
   * @param residentBytes memory at the end, by process
   * @param ownCpuSeconds of this JVM, which reads and judges
   * @param otherCpuSeconds of everything else on the machine: noise
   */
  public record Spent(
      double seconds,
      Map<String, Double> cpuSeconds,
      Map<String, Long> residentBytes,
      double ownCpuSeconds,
      double otherCpuSeconds) {

    /** CPU seconds of a process. */
    public double cpu(String process) {
      return cpuSeconds.getOrDefault(process, 0.0);
    }

    /** Cores that a process kept busy. */
    public double cores(String process) {
      return cpu(process) / seconds;
    }

    /** Cores that were kept busy by what is no part of the run. */
    public double noiseCores() {
      return otherCpuSeconds / seconds;
    }
  }
}
