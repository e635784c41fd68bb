/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.processors.answers.AnswerStore;
import io.streambed.processors.answers.KnownWork;
import io.streambed.processors.commit.CommitPace;
import io.streambed.processors.job.BudgetRecords;
import io.streambed.processors.job.Due;
import io.streambed.processors.job.Fingerprint;
import io.streambed.processors.job.Work;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.Operation;
import io.streambed.schemas.ResultSource;
import io.streambed.schemas.UsageEvent;
import io.streambed.schemas.redrive.RedriveMark;
import io.streambed.schemas.replay.ReplayHeaders;
import io.streambed.schemas.state.Answer;
import io.streambed.schemas.state.BudgetEntry;
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
 * Writes what jobs are owed: results, dead letters, usage events, answers to be kept and how each
 * request was settled. All of it, and the end of the job in its own store, is in one transaction,
 * because it happens between two commits of one task. Owned by a stream thread.
 */
public final class SettlementStep implements Processor<byte[], Object, byte[], byte[]> {

  /** Least time between two looks for what is past its time. */
  private static final Duration SWEEP_GAP = Duration.ofSeconds(1);

  private final SettlementParts parts;
  private final Outbox outbox;
  private final SettlementMeters meters;
  private @Nullable Task task;

  public SettlementStep(SettlementParts parts) {
    this.parts = parts;
    this.outbox = new Outbox(parts);
    this.meters = new SettlementMeters(parts.meters());
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    task = new Task(context);
  }

  @Override
  public void process(Record<byte[], Object> record) {
    if (task == null) {
      throw new IllegalStateException("a step is initialised before it is used");
    }
    task.pay((Due) record.value());
  }

  @Override
  public void close() {
    if (task != null) {
      task.commits.close();
      task = null;
    }
  }

  /** The step from its start to its close. */
  private final class Task {

    private final ProcessorContext<byte[], byte[]> context;
    private final KnownWork known;
    private final CommitPace commits;
    private Instant sweptAt = Instant.MIN;

    Task(ProcessorContext<byte[], byte[]> context) {
      this.context = context;
      this.commits = new CommitPace(context, parts.commits());
      this.known = KnownWork.open(context.getStateStore(KnownWork.STORE), parts.answers());
    }

    void pay(Due due) {
      Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
      switch (due) {
        case Due.Learned(Fingerprint fingerprint, Answer answer) -> learn(fingerprint, answer);
        case Due.Used(UsageEvent event) -> account(event, now);
        case Due.Booked(String tenant, BudgetEntry entry) -> book(tenant, entry, now);
        case Due.Failed failed -> deadLetter(failed.job(), DeadLetters.of(failed, now), now);
        case Due.Served served -> serve(served, now);
        case Due.Repeated repeated -> repeat(repeated, now);
        case Due.Complete complete -> known.writeExpiry();
      }
      commits.want();
      // Expiry rides on work that commits anyway: a timer of its own would make an idle instance
      // commit for nothing.
      if (!now.isBefore(sweptAt.plus(SWEEP_GAP))) {
        known.sweep(now);
        sweptAt = now;
      }
    }

    private void learn(Fingerprint fingerprint, Answer answer) {
      byte[] encoded = AnswerStore.encode(answer);
      if (encoded.length <= parts.maxAnswerBytes()) {
        int evicted = known.answers().put(fingerprint, answer, encoded);
        if (evicted > 0) {
          meters.evicted(evicted);
        }
      }
    }

    private void account(UsageEvent event, Instant now) {
      String topic = parts.topics().usageEvents();
      byte[] key = event.getTenant().getBytes(UTF_8);
      context.forward(
          outbox.record(topic, key, event, List.of(), now).orElseThrow(), Sinks.USAGE_EVENTS);
      meters.used(event);
    }

    /** Where no tenant has a budget any more, nothing reads of what one has set aside before. */
    private void book(String tenant, BudgetEntry entry, Instant now) {
      if (parts.budgets()) {
        context.forward(
            new Record<>(
                BudgetRecords.key(tenant), BudgetRecords.encode(entry), now.toEpochMilli()),
            Sinks.BUDGET);
      }
    }

    private void serve(Due.Served served, Instant now) {
      Job job = served.job();
      Work work = served.work();
      boolean settled =
          write(job, served.content(), served.answer(), served.source(), work, false, now);
      if (settled) {
        known
            .settled()
            .put(
                job,
                new Settled(
                    served.answer().getAttemptId(),
                    served.source(),
                    now,
                    now.plus(parts.answers().settledWindow()),
                    work.attempts(),
                    work.possiblyBilledAttempts(),
                    work.costPicoDollars(),
                    work.queueMillis(),
                    RedriveMark.redrives(job.getHeaders())));
      }
    }

    private void repeat(Due.Repeated repeated, Instant now) {
      Settled settled = repeated.settled();
      Work work =
          new Work(
              settled.getAttempts(),
              settled.getPossiblyBilledAttempts(),
              settled.getCostPicoDollars(),
              settled.getQueueMillis());
      write(
          repeated.job(),
          repeated.content(),
          repeated.answer(),
          settled.getSource(),
          work,
          true,
          now);
    }

    /** Writes the result or dead letter; false where the result did not fit its topic. */
    private boolean write(
        Job job,
        ByteBuffer content,
        Answer answer,
        ResultSource source,
        Work work,
        boolean repeat,
        Instant now) {
      Optional<Failure> refusal = answer.getFailure();
      if (refusal.isPresent()) {
        deadLetter(
            job, DeadLetters.of(job, content, refusal.get(), work, answer, repeat, now), now);
        return true;
      }
      boolean embedding = job.getOperation() == Operation.EMBEDDING;
      String topic = embedding ? parts.topics().embeddingResults() : parts.topics().promptResults();
      String sink = embedding ? Sinks.EMBEDDING_RESULTS : Sinks.PROMPT_RESULTS;
      byte[] key = Outbox.key(job.getKey(), job.getId());
      Optional<Target> target =
          Target.of(job.getDestination(), Target.Kind.RESULT, parts, topic, sink);
      if (target.isEmpty()) {
        deadLetter(job, DeadLetters.of(job, content, gone(), work, answer, repeat, now), now);
        return false;
      }
      Optional<Record<byte[], byte[]>> result =
          outbox.record(
              target.get(),
              key,
              Results.of(job, answer, source, work, repeat, now),
              job.getHeaders(),
              now);
      if (result.isEmpty()) {
        deadLetter(
            job,
            DeadLetters.of(job, content, tooLarge(target.get()), work, answer, repeat, now),
            now);
        return false;
      }
      context.forward(result.get(), target.get().sink());
      meters.result(job, source, repeat, now);
      return true;
    }

    private void deadLetter(Job job, DeadLetter letter, Instant now) {
      byte[] key = Outbox.key(job.getKey(), job.getId());
      Target live = Target.live(parts, parts.topics().deadLetters(), Sinks.DEAD_LETTERS);
      Target target =
          Target.of(
                  job.getDestination(),
                  Target.Kind.DEAD_LETTER,
                  parts,
                  parts.topics().deadLetters(),
                  Sinks.DEAD_LETTERS)
              .orElse(live);
      context.forward(outbox.deadLetter(target, key, letter, now), target.sink());
      meters.deadLetter(letter);
    }

    private static Failure gone() {
      return new Failure(
          DeadLetterCode.INVALID_REQUEST,
          FailureKind.CALLER,
          "the topic that the run wanted its results in does not exist any more; start a new run",
          "headers." + ReplayHeaders.RESULTS);
    }

    private static Failure tooLarge(Target target) {
      return new Failure(
          DeadLetterCode.RESULT_TOO_LARGE,
          FailureKind.OPERATOR,
          "the answer does not fit topic "
              + target.topic()
              + ", which takes records of at most "
              + target.limit()
              + " bytes; raise its max.message.bytes, or ask for less",
          null);
    }
  }
}
