/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.job.HeldJob;
import io.streambed.processors.model.ModelAlias;
import io.streambed.schemas.state.Job;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads held jobs again, slowly: a job whose lane can take it goes on, and a tombstone takes it out
 * of the compacted topic; one whose lane cannot goes to the topic's end. After so many of the
 * latter the partition is paused for an interval, so that waiting costs little. Owned by a stream
 * thread.
 */
public final class HeldStep implements Processor<byte[], byte[], byte[], byte[]> {

  private static final String OWNER = "held";

  private final InvocationParts parts;
  private final String heldTopic;
  private final String jobsChild;
  private final String heldChild;
  private @Nullable ProcessorContext<byte[], byte[]> context;
  private @Nullable Cancellable wait;
  private int heldAgain;
  private Instant intervalEnds = Instant.MIN;

  /**
   * A step.
   *
   * @param heldTopic the topic of held jobs
   * @param jobsChild name of the step that takes jobs
   * @param heldChild name of the sink of held jobs
   */
  public HeldStep(InvocationParts parts, String heldTopic, String jobsChild, String heldChild) {
    this.parts = parts;
    this.heldTopic = heldTopic;
    this.jobsChild = jobsChild;
    this.heldChild = heldChild;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> started) {
    context = started;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    byte @Nullable [] value = record.value();
    if (value == null) {
      return;
    }
    ProcessorContext<byte[], byte[]> running = running();
    Instant now = Instant.ofEpochMilli(running.currentSystemTimeMs());
    Job job = HeldJob.decode(value);
    if (mustWait(job, now)) {
      running.forward(new Record<>(record.key(), value, now.toEpochMilli()), heldChild);
      countHeldAgain(now);
    } else {
      running.forward(new Record<>(record.key(), tombstone(), now.toEpochMilli()), heldChild);
      running.forward(new Record<>(record.key(), value, now.toEpochMilli()), jobsChild);
    }
  }

  private boolean mustWait(Job job, Instant now) {
    ModelAlias alias = parts.models().get(job.getModel());
    boolean expired = job.getDeadline().map(deadline -> !now.isBefore(deadline)).orElse(false);
    if (alias == null || expired) {
      return false;
    }
    LaneGate gate = parts.calls().gate(alias.lane());
    return !gate.hasRoom()
        && (gate.condition() instanceof LaneCondition.Stopped
            || parts.calls().othersHaveRoom(gate));
  }

  private void countHeldAgain(Instant now) {
    Duration interval = parts.config().heldReadInterval();
    if (!now.isBefore(intervalEnds)) {
      intervalEnds = now.plus(interval);
      heldAgain = 0;
    }
    heldAgain++;
    if (heldAgain >= parts.config().heldReadMax() && wait == null) {
      parts.paused().pause(partition(), OWNER);
      wait = running().schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::readOn);
    }
  }

  private void readOn(long timestamp) {
    heldAgain = 0;
    stopWaiting();
  }

  private void stopWaiting() {
    if (wait != null) {
      wait.cancel();
      wait = null;
    }
    parts.paused().resume(partition(), OWNER);
  }

  @Override
  public void close() {
    if (context != null) {
      stopWaiting();
    }
  }

  private TopicPartition partition() {
    return new TopicPartition(heldTopic, running().taskId().partition());
  }

  private ProcessorContext<byte[], byte[]> running() {
    if (context == null) {
      throw new IllegalStateException("a step is initialised before it is used");
    }
    return context;
  }

  @SuppressWarnings("NullAway") // a tombstone is a record whose value is null
  private static byte[] tombstone() {
    return null;
  }
}
