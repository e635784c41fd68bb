/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Shares groups of shards out among tasks. */
final class Assignment {

  private Assignment() {}

  /**
   * The largest group goes to the task that has the least, again and again: no task has more than
   * 4/3 of what is best possible (Graham 1969, "Bounds on Multiprocessing Timing Anomalies"). The
   * same groups are always shared out in the same way.
   *
   * @param groups connected shards, which stay together
   * @param tasks most tasks, 1 or more
   * @return the shards of each task; no task is without any
   */
  static List<List<ShardInfo>> of(List<List<ShardInfo>> groups, int tasks) {
    List<List<ShardInfo>> shares = new ArrayList<>();
    for (int i = 0; i < Math.min(tasks, groups.size()); i++) {
      shares.add(new ArrayList<>());
    }
    groups.stream()
        .sorted(Comparator.<List<ShardInfo>>comparingInt(List::size).reversed())
        .forEach(group ->
            shares.stream().min(Comparator.comparingInt(List::size)).orElseThrow().addAll(group));
    return shares.stream().map(List::copyOf).toList();
  }
}
