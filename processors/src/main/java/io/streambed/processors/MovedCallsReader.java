/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.streambed.processors.config.KafkaConfig;
import io.streambed.processors.config.StreambedConfig;
import io.streambed.processors.invocation.Elsewhere;
import io.streambed.processors.job.StateCodec;
import io.streambed.processors.job.UnknownStateException;
import io.streambed.schemas.released.ReleasedSchemas;
import io.streambed.schemas.state.MovedCalls;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what instances say of calls whose tasks have left them, on a thread of its own: all of it,
 * because a task may come from any of them, and beginning some minutes ago. It proves how far it
 * has read by asking for the topic's end, once a second and when a task waits for that.
 */
final class MovedCallsReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MovedCallsReader.class);

  /** Short: a task that opens waits for as long until the topic's end is asked for. */
  private static final Duration POLL = Duration.ofMillis(50);

  private static final Duration GAP = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaConfig kafka;
  private final String topic;
  private final Elsewhere elsewhere;
  private final Contact contact;
  private final Clock clock;
  private final StateCodec<MovedCalls> codec =
      new StateCodec<>(MovedCalls.class, ReleasedSchemas.of(MovedCalls.class));
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /** Made on the thread that reads, so that no start waits for it. */
  private volatile @Nullable Consumer<byte[], byte[]> made;

  private Instant askedAt = Instant.MIN;

  /** The ends as of {@link #askedAt}, until they are read to; null where none are. */
  private @Nullable Map<TopicPartition, Long> ends;

  /** Whether what is read is news; before, it may be minutes old. */
  private boolean current;

  private boolean failing;

  /**
   * @param contact told whenever Kafka has answered
   */
  MovedCallsReader(StreambedConfig config, Elsewhere elsewhere, Contact contact, Clock clock) {
    this.kafka = config.kafka();
    this.topic = config.topics().movedCalls();
    this.elsewhere = elsewhere;
    this.contact = contact;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("streambed-moved-calls").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try (Consumer<byte[], byte[]> consumer = WholeTopic.consumer(kafka)) {
      made = consumer;
      boolean assigned = false;
      while (closing.getCount() > 0) {
        try {
          if (!assigned) {
            assign(consumer);
            assigned = true;
          }
          readOnce(consumer);
          failing = false;
        } catch (WakeupException e) {
          return;
        } catch (RuntimeException e) {
          // Whatever it is: moves go on without, and calls that they cut off are told and repeated.
          failed(e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void assign(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = WholeTopic.assign(consumer, topic);
    Map<TopicPartition, Long> now = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(
        partition -> times.put(partition, clock.instant().minus(Elsewhere.KEPT).toEpochMilli()));
    consumer
        .offsetsForTimes(times)
        .forEach((partition, found) ->
            consumer.seek(
                partition, found == null ? now.getOrDefault(partition, 0L) : found.offset()));
  }

  private void readOnce(Consumer<byte[], byte[]> consumer) {
    Instant now = clock.instant();
    boolean wanted = elsewhere.takeAsked() || !now.isBefore(askedAt.plus(GAP));
    if (wanted && ends == null) {
      ends = consumer.endOffsets(consumer.assignment(), PATIENCE);
      askedAt = now;
    }
    consumer.poll(POLL).forEach(this::take);
    if (ends != null
        && ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue())) {
      ends = null;
      current = true;
      if (contact.made()) {
        elsewhere.readTo(askedAt);
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    Instant now = clock.instant();
    Instant said = Instant.ofEpochMilli(record.timestamp());
    try {
      elsewhere.hear(
          codec.decode(record.value()),
          record.serializedValueSize(),
          current || said.isAfter(now) ? now : said);
    } catch (UnknownStateException e) {
      LOG.atDebug().addKeyValue("offset", record.offset()).log("an instance of another version");
    }
  }

  private void failed(RuntimeException failure) throws InterruptedException {
    if (failure instanceof AuthorizationException) {
      // To be refused is to be answered.
      contact.made();
    }
    if (!failing) {
      LOG.atWarn()
          .addKeyValue("topic", topic)
          .addKeyValue("failure", failure.getClass().getName())
          .log("what other instances say of moved calls cannot be read for now");
    }
    failing = true;
    ends = null;
    if (closing.await(GAP.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.atDebug().log("closed while moved calls could not be read");
    }
  }

  @Override
  public void close() {
    closing.countDown();
    Consumer<byte[], byte[]> consumer = made;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
