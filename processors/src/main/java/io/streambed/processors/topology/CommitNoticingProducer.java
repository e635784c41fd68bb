/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A producer that tells when a transaction has committed and how long that took, on the thread that
 * committed it. What it sends is never of a time to come.
 */
final class CommitNoticingProducer extends KafkaProducer<byte[], byte[]> {

  private static final InstantSource WALL = InstantSource.system();

  private final InstantSource clock;
  private final Consumer<Duration> committed;

  /** When the first flush of the transaction began: what else a thread does before is its work. */
  private @Nullable Instant began;

  CommitNoticingProducer(
      Map<String, Object> config, InstantSource clock, Consumer<Duration> committed) {
    super(config, new ByteArraySerializer(), new ByteArraySerializer());
    this.clock = clock;
    this.committed = committed;
  }

  @Override
  public Future<RecordMetadata> send(
      ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
    return super.send(notAhead(record, WALL.millis()), callback);
  }

  /**
   * The record as of now where it is from later: {@link SteadyClock} is ahead of a clock that was
   * set back, and brokers refuse what is more than an hour ahead of theirs.
   */
  static ProducerRecord<byte[], byte[]> notAhead(
      ProducerRecord<byte[], byte[]> record, long wallMillis) {
    return record.timestamp() == null || record.timestamp() <= wallMillis
        ? record
        : new ProducerRecord<>(
            record.topic(),
            record.partition(),
            wallMillis,
            record.key(),
            record.value(),
            record.headers());
  }

  @Override
  public void beginTransaction() {
    super.beginTransaction();
    began = null;
  }

  @Override
  public void flush() {
    if (began == null) {
      began = clock.instant();
    }
    super.flush();
  }

  @Override
  public void commitTransaction() {
    super.commitTransaction();
    committed.accept(began == null ? Duration.ZERO : Duration.between(began, clock.instant()));
  }
}
