/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.dedup;

import io.streambed.processors.answers.AnswersConfig;
import io.streambed.processors.answers.KnownWork;
import io.streambed.processors.job.Due;
import io.streambed.processors.job.EncodedJob;
import io.streambed.processors.job.Fingerprint;
import io.streambed.processors.job.Work;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.ResultSource;
import io.streambed.schemas.state.Answer;
import io.streambed.schemas.state.Failure;
import io.streambed.schemas.state.Job;
import io.streambed.schemas.state.Settled;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads jobs, which come keyed so that equal work meets in one partition, and sends each to be
 * settled from what is known or to be invoked. Owned by a stream thread.
 */
public final class DedupStep implements Processor<byte[], byte[], byte[], Object> {

  private final AnswersConfig config;
  private final String settlementChild;
  private final String invocationChild;
  private @Nullable ProcessorContext<byte[], Object> context;
  private @Nullable KnownWork known;

  /**
   * A step.
   *
   * @param settlementChild name of the step that writes what jobs are owed
   * @param invocationChild name of the step that makes calls
   */
  public DedupStep(AnswersConfig config, String settlementChild, String invocationChild) {
    this.config = config;
    this.settlementChild = settlementChild;
    this.invocationChild = invocationChild;
  }

  @Override
  public void init(ProcessorContext<byte[], Object> started) {
    context = started;
    known = KnownWork.open(started.getStateStore(KnownWork.STORE), config);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (context == null || known == null) {
      throw new IllegalStateException("a step is initialised before it is used");
    }
    EncodedJob coming = EncodedJob.of(record.value());
    Job job = coming.job();
    Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
    ByteBuffer content = job.getContent().orElseGet(() -> ByteBuffer.allocate(0));
    switch (Dedup.decide(job, lookup(known, job, now), now)) {
      case Dedup.Verdict.Repeat(Settled settled, Answer answer) ->
          settle(record, job, new Due.Repeated(job, content, settled, answer));
      case Dedup.Verdict.Answered(Answer answer) ->
          settle(
              record,
              job,
              new Due.Served(job, content, answer, ResultSource.CACHE, unworked(job, now)));
      case Dedup.Verdict.Expired expired ->
          settle(
              record,
              job,
              new Due.Failed(job, content, expired(), unworked(job, now), "", List.of()));
      case Dedup.Verdict.Fresh fresh ->
          context.forward(new Record<>(record.key(), coming, record.timestamp()), invocationChild);
    }
  }

  /** Settles a job without a call, so that what was set aside for one is given back. */
  private void settle(Record<byte[], byte[]> record, Job job, Due due) {
    forward(record, due);
    if (job.getReservedPicoDollars() > 0) {
      forward(record, Due.Booked.of(job.getTenant(), job.getReservedPicoDollars(), 0));
    }
    forward(record, new Due.Complete());
  }

  private void forward(Record<byte[], byte[]> record, Due due) {
    if (context != null) {
      context.forward(new Record<>(record.key(), due, record.timestamp()), settlementChild);
    }
  }

  private static Work unworked(Job job, Instant now) {
    return Work.none(Math.max(0, Duration.between(job.getAdmittedAt(), now).toMillis()));
  }

  private static Failure expired() {
    return new Failure(
        DeadLetterCode.EXPIRED,
        FailureKind.CAPACITY,
        "the deadline passed before the request's turn came; give more time, or the model more"
            + " capacity",
        "deadline");
  }

  private static Dedup.Known lookup(KnownWork known, Job job, Instant now) {
    byte[] bytes = new byte[Fingerprint.LENGTH];
    job.getFingerprint().duplicate().get(bytes);
    Fingerprint fingerprint = Fingerprint.of(bytes);
    return new Dedup.Known() {
      @Override
      public Optional<Settled> settled() {
        return known.settled().find(job, now);
      }

      @Override
      public Optional<Answer> answer(String attemptId) {
        return known.answers().of(fingerprint, attemptId);
      }

      @Override
      public Optional<Answer> reusable() {
        return known.answers().reusable(fingerprint, now);
      }
    };
  }
}
