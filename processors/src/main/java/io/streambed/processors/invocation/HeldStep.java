/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.job.HeldJob;
import io.streambed.processors.limit.FairQueue.Flow;
import io.streambed.processors.model.ModelAlias;
import io.streambed.schemas.state.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
 * latter the partition is paused for an interval, so that waiting costs little; after one that has
 * to wait for others of its tenant, until those have gone. Owned by a stream thread.
 */
public final class HeldStep implements Processor<byte[], byte[], byte[], byte[]> {

  private static final String OWNER = "held";

  /** Intervals for which jobs of other tenants may have to wait behind one that has no room. */
  private static final int LONG_WAIT = 5;

  /** Looks in an interval whether the lane has room. */
  private static final int LOOKS = 10;

  private final InvocationParts parts;
  private final String heldTopic;
  private final String jobsChild;
  private final String heldChild;
  private @Nullable ProcessorContext<byte[], byte[]> context;

  /** A job that was held again, and why: its lane, or others of its tenant and class. */
  private record Blocked(LaneGate gate, Flow flow, boolean byOthers) {}

  private @Nullable Cancellable wait;
  private @Nullable Blocked waitingFor;
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
    Optional<Blocked> blocked = blocked(job, now);
    if (blocked.isPresent()) {
      Instant heldAt = Instant.ofEpochMilli(record.timestamp());
      running.forward(new Record<>(record.key(), value, now.toEpochMilli()), heldChild);
      heldAgain(blocked.get(), heldAt.plus(parts.config().heldReadInterval()).isAfter(now), now);
    } else {
      running.forward(new Record<>(record.key(), tombstone(), now.toEpochMilli()), heldChild);
      running.forward(new Record<>(record.key(), value, now.toEpochMilli()), jobsChild);
    }
  }

  /** What the job must wait for, or nothing where it need not wait. */
  private Optional<Blocked> blocked(Job job, Instant now) {
    ModelAlias alias = parts.models().get(job.getModel());
    boolean expired = job.getDeadline().map(deadline -> !now.isBefore(deadline)).orElse(false);
    boolean cancelled = parts.cancellations().has(Cancelling.requestOf(job), job.getRequestedAt());
    if (alias == null || expired || cancelled) {
      return Optional.empty();
    }
    WaitingRoom room = parts.calls().waitingRoom(running().taskId().partition());
    if (room == null) {
      return Optional.empty();
    }
    LaneGate gate = room.gateFor(job, alias, Flight.fingerprintOf(job), now);
    Flow flow = parts.tenants().flow(job);
    if (gate.condition() instanceof LaneCondition.Stopped && !gate.hasRoom()) {
      return Optional.of(new Blocked(gate, flow, false));
    }
    return room.isBacklogged(gate, flow, true)
        ? Optional.of(new Blocked(gate, flow, true))
        : Optional.empty();
  }

  /**
   * A job that was held within the interval means that all others were looked at since: then, or
   * after so many, the partition is left alone until the interval is over or the lane has room.
   */
  private void heldAgain(Blocked blocked, boolean lately, Instant now) {
    Duration interval = parts.config().heldReadInterval();
    if (!now.isBefore(intervalEnds)) {
      intervalEnds = now.plus(interval);
      heldAgain = 0;
    }
    heldAgain++;
    waitingFor = blocked;
    // What waits for others of its kind goes on when those have, and not by being read again.
    boolean enough = blocked.byOthers() || heldAgain >= parts.config().heldReadMax();
    if ((lately || enough) && wait == null) {
      parts.paused().pause(partition(), OWNER);
      wait =
          running()
              .schedule(
                  interval.dividedBy(LOOKS), PunctuationType.WALL_CLOCK_TIME, this::readOnIfDue);
    }
  }

  private void readOnIfDue(long timestamp) {
    Instant now = Instant.ofEpochMilli(running().currentSystemTimeMs());
    boolean byOthers = waitingFor != null && waitingFor.byOthers();
    Instant patience = byOthers ? intervalEnds.plus(longWait()) : intervalEnds;
    if (hasRoom(waitingFor) || !now.isBefore(patience)) {
      heldAgain = 0;
      stopWaiting();
    }
  }

  /** Others behind it may have room by then. */
  private Duration longWait() {
    return parts.config().heldReadInterval().multipliedBy(LONG_WAIT);
  }

  private boolean hasRoom(@Nullable Blocked blocked) {
    if (blocked == null || !blocked.byOthers()) {
      return blocked != null && blocked.gate().hasRoom();
    }
    WaitingRoom room = parts.calls().waitingRoom(running().taskId().partition());
    return room != null && !room.isBacklogged(blocked.gate(), blocked.flow(), false);
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
