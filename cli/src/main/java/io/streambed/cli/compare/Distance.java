/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.compare;

import java.util.List;
import java.util.OptionalDouble;

/** How far apart two vectors are. */
public final class Distance {
  private Distance() {}

  /**
   * One less the cosine of the angle between them: 0 for one direction, 1 for a right angle.
   *
   * @return empty where they differ in length, are empty, or one has no direction
   */
  public static OptionalDouble cosine(List<Float> one, List<Float> other) {
    if (one.isEmpty() || one.size() != other.size()) {
      return OptionalDouble.empty();
    }
    double product = 0;
    double squares = 0;
    double others = 0;
    for (int i = 0; i < one.size(); i++) {
      double a = one.get(i);
      double b = other.get(i);
      product += a * b;
      squares += a * a;
      others += b * b;
    }
    if (squares == 0 || others == 0) {
      return OptionalDouble.empty();
    }
    double cosine = product / Math.sqrt(squares) / Math.sqrt(others);
    return OptionalDouble.of(1 - Math.max(-1, Math.min(1, cosine)));
  }
}
