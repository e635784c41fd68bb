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
import io.streambed.schemas.state.Destination;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Writes the dead letters of requests that get no further than admission or budget. Owned by a
 * stream thread.
 */
public final class RejectionStep implements Processor<byte[], Object, byte[], byte[]> {

  private final SettlementParts parts;
  private final Names names;
  private final Outbox outbox;
  private final SettlementMeters meters;
  private @Nullable ProcessorContext<byte[], byte[]> context;

  /**
   * Names of the step's children.
   *
   * @param live sink of the topic of dead letters
   * @param runs sink of the topics that replayed requests name
   */
  public record Names(String live, String runs) {}

  public RejectionStep(SettlementParts parts, Names names) {
    this.parts = parts;
    this.names = names;
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
    DeadLetter letter;
    Optional<Destination> destination;
    if (record.value() instanceof Due.Failed failed) {
      letter = DeadLetters.of(failed, now);
      destination = failed.job().getDestination();
    } else {
      Rejection rejection = (Rejection) record.value();
      letter = DeadLetters.of(rejection, now);
      destination = rejection.destination();
    }
    byte[] key = Outbox.key(letter.getOriginalKey(), letter.getId());
    Target target = target(destination);
    context.forward(outbox.deadLetter(target, key, letter, now), target.sink());
    meters.deadLetter(letter);
  }

  private Target target(Optional<Destination> destination) {
    String topic = parts.topics().deadLetters();
    Target found =
        Target.of(destination, Target.Kind.DEAD_LETTER, parts, topic, names.live())
            .orElseGet(() -> Target.live(parts, topic, names.live()));
    return found.sink().equals(Sinks.RUNS)
        ? new Target(found.topic(), found.codedFor(), found.limit(), names.runs(), found.marks())
        : found;
  }
}
