/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.settlement;

import io.streambed.schemas.BudgetEvent;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Writes what there is to tell of budgets. Owned by a stream thread. */
public final class BudgetEventStep implements Processor<byte[], Object, byte[], byte[]> {

  private final SettlementParts parts;
  private final Outbox outbox;
  private @Nullable ProcessorContext<byte[], byte[]> context;

  public BudgetEventStep(SettlementParts parts) {
    this.parts = parts;
    this.outbox = new Outbox(parts);
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
    BudgetEvent event = (BudgetEvent) record.value();
    String topic = parts.topics().budgetEvents();
    context.forward(outbox.record(topic, record.key(), event, List.of(), now).orElseThrow());
  }
}
