/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import io.streambed.connectors.kpl.UserRecord;
import java.nio.charset.StandardCharsets;

/**
 * A record of Kafka as Kinesis is to have it.
 *
 * @param origin where it came from
 * @param stream where it goes, a name or an ARN
 * @param record key and data
 * @param size bytes that count towards the limits of Kinesis: data and partition key
 * @param taken when the task got it, as {@link System#nanoTime()}
 */
record Outgoing(Origin origin, String stream, UserRecord record, int size, long taken) {

  /** What a record costs in memory beside its bytes, roughly. */
  private static final int OVERHEAD = 200;

  static Outgoing of(Origin origin, String stream, UserRecord record, long taken) {
    return new Outgoing(origin, stream, record, size(record), taken);
  }

  /** Bytes that Kinesis counts: "PutRecords" in the Kinesis API reference. */
  static int size(UserRecord record) {
    return record.data().length + record.partitionKey().getBytes(StandardCharsets.UTF_8).length;
  }

  /** Bytes that count towards the buffer. */
  long weight() {
    return (long) size + OVERHEAD;
  }
}
