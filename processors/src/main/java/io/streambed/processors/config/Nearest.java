/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody may have meant. */
final class Nearest {

  private Nearest() {}

  /** The candidate that ends like the word, or else the one that is fewest edits away, if near. */
  static Optional<String> to(String word, Collection<String> candidates) {
    Comparator<String> byDistance = Comparator.comparingInt(c -> distance(word, c));
    Optional<String> sameEnd =
        candidates.stream().filter(c -> c.endsWith("." + word)).min(byDistance);
    return sameEnd.or(() ->
        candidates.stream()
            .min(byDistance.thenComparing(Comparator.naturalOrder()))
            .filter(c -> distance(word, c) <= Math.max(2, word.length() / 4)));
  }

  /** Levenshtein's distance: single letters inserted, deleted or replaced. */
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replace, 1 + Math.min(previous[j], row[j - 1]));
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
