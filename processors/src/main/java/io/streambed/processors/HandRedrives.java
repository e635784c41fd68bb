/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.streambed.processors.config.KafkaConfig;
import io.streambed.processors.redrive.Ledger;
import io.streambed.processors.redrive.RequestPlace;
import io.streambed.processors.redrive.Rule;
import io.streambed.schemas.Redrive;
import io.streambed.schemas.RedriveOutcome;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.AvroDeserializer;
import io.streambed.schemas.serdes.UnreadableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * What people have redriven, so that the platform does not do it once more. Its own redrives are
 * known by its place in the topic of dead letters. For one thread.
 */
final class HandRedrives implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final String topic;
  private final Consumer<byte[], byte[]> consumer;
  private final AvroDeserializer<Redrive> redrives;
  private final Map<RequestPlace, Instant> known = new HashMap<>();
  private Instant since = Instant.MAX;

  HandRedrives(KafkaConfig kafka, SchemaRegistryClient registry, String topic) {
    this.topic = topic;
    this.consumer = WholeTopic.consumer(kafka);
    this.redrives = new AvroDeserializer<>(registry, Redrive.class);
  }

  /**
   * Reads what has been said until now.
   *
   * @param oldest when the oldest dead letter was settled that is asked about
   */
  void catchUp(Instant oldest) {
    if (oldest.isBefore(since)) {
      begin(oldest);
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(POLL).forEach(this::note);
    }
  }

  private void begin(Instant oldest) {
    List<TopicPartition> partitions = WholeTopic.assign(consumer, topic);
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, oldest.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp first = found.get(partition);
      consumer.seek(partition, first == null ? ends.getOrDefault(partition, 0L) : first.offset());
    }
    since = oldest;
  }

  private void note(ConsumerRecord<byte[], byte[]> record) {
    try {
      Redrive said = redrives.deserialize(topic, record.value());
      if (said != null
          && said.getOutcome() == RedriveOutcome.REDRIVEN
          && !said.getRun().equals(Rule.RUN)) {
        known.put(RequestPlace.of(said), said.getWrittenAt());
      }
    } catch (UnreadableRecordException e) {
      // Nobody of ours has written it, so it says nothing.
    }
  }

  /** What people have done with the dead letter of a request. */
  Ledger.State stateOf(RequestPlace place) {
    return known.containsKey(place) ? Ledger.State.REDRIVEN : Ledger.State.OPEN;
  }

  /** Forgets what was said before a time: it is about dead letters that were settled before. */
  void forgetBefore(Instant time) {
    known.values().removeIf(at -> at.isBefore(time));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
