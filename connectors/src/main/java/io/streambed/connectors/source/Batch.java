/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * What came of one shard at once.
 *
 * @param records in the shard's order; may be none
 * @param behind age of the newest record, 0 at the shard's tip
 * @param ended whether the shard has no more
 * @param children when it has ended: those that follow it
 */
record Batch(List<Record> records, Duration behind, boolean ended, List<ChildShard> children) {

  Batch {
    records = List.copyOf(records);
    children = List.copyOf(children);
  }

  /** Bytes of the records' data and keys. */
  static long bytes(List<Record> records) {
    return records.stream()
        .mapToLong(
            record -> record.data().asByteArrayUnsafe().length + record.partitionKey().length())
        .sum();
  }
}
