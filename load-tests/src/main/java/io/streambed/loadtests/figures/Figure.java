/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.figures;

import java.util.List;

/**
 * A figure that was measured, once a repeat.
 *
 * @param name such as {@code streambed.spread-1s.ratio}
 * @param unit such as {@code jobs/s}
 * @param repeats one value a repeat
 * @param median of these
 */
public record Figure(String name, String unit, List<Double> repeats, double median) {

  public Figure {
    repeats = List.copyOf(repeats);
  }

  /** A figure of these values. */
  public static Figure of(String name, String unit, List<Double> repeats) {
    return new Figure(name, unit, repeats, Statistics.median(repeats));
  }
}
