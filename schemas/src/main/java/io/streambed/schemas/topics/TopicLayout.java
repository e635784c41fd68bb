/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.topics;

/**
 * How topics are spread over the cluster.
 *
 * @param partitions of every topic but {@code jobs-held}
 * @param jobPartitions of {@code jobs-held}: as many as the internal jobs topic has, whose records
 *     it takes partition by partition
 * @param replication copies of every partition, 1 to the number of brokers
 */
public record TopicLayout(int partitions, int jobPartitions, short replication) {

  public TopicLayout {
    atLeastOne("partitions", partitions);
    atLeastOne("jobPartitions", jobPartitions);
    atLeastOne("replication", replication);
  }

  /** Copies that must have a record before it counts as written: two, where there are three. */
  int minInsync() {
    return Math.max(1, replication - 1);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, it is " + value);
    }
  }
}
