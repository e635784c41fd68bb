/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.replay;

import java.util.Optional;

/**
 * Where a record stands in Kafka, as {@code topic-partition-offset}: what stands for the id of a
 * request that has none.
 */
public record Place(String topic, int partition, long offset) {

  /** Reads the text of a place; empty where it is none. */
  public static Optional<Place> parse(String text) {
    int offset = text.lastIndexOf('-');
    int partition = text.lastIndexOf('-', offset - 1);
    if (partition < 1) {
      return Optional.empty();
    }
    try {
      Place place =
          new Place(
              text.substring(0, partition),
              Integer.parseInt(text.substring(partition + 1, offset)),
              Long.parseLong(text.substring(offset + 1)));
      return Optional.of(place).filter(one -> one.partition >= 0 && one.offset >= 0);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "-" + offset;
  }
}
