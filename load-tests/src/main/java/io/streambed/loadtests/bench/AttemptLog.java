/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import io.streambed.processors.invocation.InvocationStep;
import io.streambed.processors.job.StateCodec;
import io.streambed.schemas.released.ReleasedSchemas;
import io.streambed.schemas.state.AttemptRef;
import io.streambed.schemas.state.FlightState;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The attempts that Streambed has committed, from the changelog of what is in flight. It is the one
 * thing that is not seen from outside: only there stands what was known before a crash. Begin to
 * read it before the log is compacted. For one thread.
 */
public final class AttemptLog implements AutoCloseable {
  private static final String TOPIC = "streambed-" + InvocationStep.FLIGHTS + "-changelog";

  /** What the keys of flights' states begin with. */
  private static final byte STATE = 'S';

  private final StateCodec<FlightState> codec =
      new StateCodec<>(FlightState.class, ReleasedSchemas.of(FlightState.class));
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Set<String> attempts = new HashSet<>();

  AttemptLog(String kafka) {
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> parts =
        consumer.partitionsFor(TOPIC).stream()
            .map(part -> new TopicPartition(TOPIC, part.partition()))
            .toList();
    consumer.assign(parts);
    consumer.seekToBeginning(parts);
  }

  /** Ids of all attempts that have been committed so far. */
  public Set<String> read() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(Duration.ofMillis(100)).forEach(this::note);
    }
    return Set.copyOf(attempts);
  }

  private void note(ConsumerRecord<byte[], byte[]> one) {
    if (one.value() != null && one.key()[0] == STATE) {
      codec.decode(one.value()).getAttempt().map(AttemptRef::getId).ifPresent(attempts::add);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
