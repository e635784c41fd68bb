/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import io.streambed.schemas.Redrive;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Reads what was done with dead letters. */
public final class RedriveLog {
  /** A transaction that a kill has left open is ended by the broker before that. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private RedriveLog() {}

  /**
   * Reads all that was said until now. Where a transaction is open it waits for its end: what it
   * will have said must not be overlooked.
   *
   * @throws MissingTopicException if the topic does not exist
   * @throws OpenTransactionException if one stays open
   */
  public static void read(Cluster cluster, KafkaAccess kafka, Consumer<Redrive> taker) {
    String topic = cluster.topics().redrives();
    try (TopicReader<Redrive> reader =
            TopicReader.open(
                cluster,
                kafka,
                Map.of(topic, value -> value.as(Redrive.class)),
                new Start.Beginning());
        Admin admin = kafka.admin()) {
      Map<TopicPartition, OffsetSpec> newest = new HashMap<>();
      reader.partitions().forEach(partition -> newest.put(partition, OffsetSpec.latest()));
      Map<TopicPartition, Long> sent = new HashMap<>();
      kafka
          .await(
              admin
                  .listOffsets(newest, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                  .all())
          .forEach((partition, end) -> sent.put(partition, end.offset()));
      if (!reader.toLastSent(sent, PATIENCE, taker)) {
        throw OpenTransactionException.on(topic);
      }
    }
  }
}
