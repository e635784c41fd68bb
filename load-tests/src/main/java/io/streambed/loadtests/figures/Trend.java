/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.figures;

import java.util.ArrayList;
import java.util.List;

/** A value over time, and how it rises or falls: the straight line of least squares. */
public final class Trend {
  private final List<double[]> points = new ArrayList<>();

  /** Notes a value at a time. */
  public void add(double seconds, double value) {
    points.add(new double[] {seconds, value});
  }

  /** How many values there are. */
  public int count() {
    return points.size();
  }

  /** Mean of the values; 0 of none. */
  public double mean() {
    return points.stream().mapToDouble(point -> point[1]).average().orElse(0);
  }

  /** Change a second; 0 of less than two values. */
  public double slope() {
    double meanTime = points.stream().mapToDouble(point -> point[0]).average().orElse(0);
    double mean = mean();
    double products = 0;
    double squares = 0;
    for (double[] point : points) {
      products += (point[0] - meanTime) * (point[1] - mean);
      squares += (point[0] - meanTime) * (point[0] - meanTime);
    }
    return squares == 0 ? 0 : products / squares;
  }

  /** Change over all of the time, along the line. */
  public double change() {
    return points.isEmpty() ? 0 : slope() * (points.getLast()[0] - points.getFirst()[0]);
  }
}
