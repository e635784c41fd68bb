/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.settlement;

import io.streambed.processors.job.Due;
import io.streambed.processors.job.Rejection;
import io.streambed.schemas.DeadLetter;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Writes the dead letters of requests that get no further than admission or budget. Owned by a
 * stream thread.
 */
public final class RejectionStep implements Processor<byte[], Object, byte[], byte[]> {

  private final Outbox outbox;
  private final SettlementMeters meters;
  private @Nullable ProcessorContext<byte[], byte[]> context;

  public RejectionStep(SettlementParts parts) {
    this.outbox = new Outbox(parts);
    this.meters = new SettlementMeters(parts.meters());
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> started) {
    context = started;
  }

  @Override
  public void process(Record<byte[], Object> record) {
    if (context == null) {
      throw new IllegalStateException("a step is initialised before it is used");
    }
    Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
    DeadLetter letter =
        record.value() instanceof Due.Failed failed
            ? DeadLetters.of(failed, now)
            : DeadLetters.of((Rejection) record.value(), now);
    byte[] key = Outbox.key(letter.getOriginalKey(), letter.getId());
    context.forward(outbox.deadLetter(key, letter, now));
    meters.deadLetter(letter);
  }
}
