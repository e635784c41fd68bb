/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Where a record lies in Kafka, whatever transformations made of it since.
 *
 * @param partition the topic and partition it was read from
 * @param offset its offset there
 */
record Origin(TopicPartition partition, long offset) {

  static Origin of(SinkRecord record) {
    return new Origin(
        new TopicPartition(record.originalTopic(), record.originalKafkaPartition()),
        record.originalKafkaOffset());
  }

  /** The same for every repetition of a record, and of no other in the cluster. */
  String id() {
    return partition.topic() + "-" + partition.partition() + "-" + offset;
  }

  /** For messages. */
  @Override
  public String toString() {
    return partition + "@" + offset;
  }
}
