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
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A producer that tells when a transaction has committed and how long that took, on the thread that
 * committed it.
 */
final class CommitNoticingProducer extends KafkaProducer<byte[], byte[]> {

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
