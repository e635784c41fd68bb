/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.judgement;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** How evenly something scarce was shared. Pure. */
public final class Shares {
  private Shares() {}

  /**
   * Jain's index (Jain, Chiu, Hawe, 1984) over what each got as a part of what was fair: the lesser
   * of its demand and an equal part of what the others left.
   *
   * @param asked demand of each, above zero; all that take part
   * @param got what each got, in the same unit; none where one is missing
   * @return 1 where all got what was fair, and one by their number where one got all
   */
  public static <T> double jain(Map<T, Integer> asked, Map<T, Integer> got) {
    List<Map.Entry<T, Integer>> modestFirst =
        asked.entrySet().stream()
            .sorted(Comparator.comparingInt(Map.Entry<T, Integer>::getValue))
            .toList();
    double left = got.values().stream().mapToInt(Integer::intValue).sum();
    int without = modestFirst.size();
    double sum = 0;
    double squares = 0;
    for (Map.Entry<T, Integer> one : modestFirst) {
      double fair = Math.min(one.getValue(), left / without--);
      left -= fair;
      double part = fair == 0 ? 1 : got.getOrDefault(one.getKey(), 0) / fair;
      sum += part;
      squares += part * part;
    }
    return squares == 0 ? 1 : sum * sum / (modestFirst.size() * squares);
  }
}
