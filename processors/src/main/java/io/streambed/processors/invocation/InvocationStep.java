/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.answers.KnownWork;
import io.streambed.processors.commit.CommitPace;
import io.streambed.processors.job.Due;
import io.streambed.processors.job.EncodedJob;
import io.streambed.processors.job.HeldJob;
import io.streambed.processors.model.CostBound;
import io.streambed.schemas.Priority;
import io.streambed.schemas.state.BudgetGrant;
import io.streambed.schemas.state.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs calls for jobs without ever blocking the stream thread.
 *
 * <h2>How</h2>
 *
 * <p>A job is written to the stores in the transaction that consumes it. When its lane has a
 * ticket, an attempt is written too, and a commit is asked for. Only when that commit has returned
 * does the call go out, so that after a crash no call is unknown: what was committed and not
 * settled is accounted for as possibly billed, and sent again. Calls end on the client's threads,
 * which post the end to the task's mailbox and start the lane's next committed attempt. The stream
 * thread empties the mailbox from a wall-clock punctuator that exists only while something is in
 * flight, because every punctuation makes Kafka Streams commit.
 *
 * <h2>Back-pressure</h2>
 *
 * <p>When more waits than the lanes take, the task's partitions are paused; the poll loop, commits
 * and heartbeats go on. A job whose lane is stopped, or full while others are not, goes to the
 * topic of held jobs instead, so that it stands in nobody's way.
 *
 * <h2>Moves</h2>
 *
 * <p>A task that closes leaves its open calls with the process ({@link Calls}), and the one that
 * opens it finds them there or waits for what that process tells ({@link Elsewhere}). All else is
 * in the stores and is read again on start.
 *
 * <p>Owned by the task's stream thread; {@link Calls} is where threads meet.
 */
public final class InvocationStep implements Processor<byte[], Object, byte[], Object> {

  /** Name of the store of what is in flight. */
  public static final String FLIGHTS = FlightStore.NAME;

  private static final Logger LOG = LoggerFactory.getLogger(InvocationStep.class);

  /** Ends that are dealt with in one punctuation. */
  private static final int ENDS_SLICE = 2_000;

  /** Punctuation while calls end, and while none has ended for {@link #PATIENCE} punctuations. */
  private static final Duration BUSY = Duration.ofMillis(5);

  private static final Duration CALM = Duration.ofMillis(20);
  private static final int PATIENCE = 200;

  private final InvocationParts parts;
  private final Names names;
  private @Nullable Task task;

  /**
   * Names in the topology.
   *
   * @param settlement child that writes what jobs are owed
   * @param held child that holds jobs
   * @param sources topics whose partitions are paused when a task has enough, and the classes of
   *     the jobs that come by them
   * @param heldTopic that of them which brings jobs that were held
   */
  public record Names(
      String settlement, String held, Map<String, Set<Priority>> sources, String heldTopic) {
    public Names {
      sources = Map.copyOf(sources);
    }
  }

  public InvocationStep(InvocationParts parts, Names names) {
    this.parts = parts;
    this.names = names;
  }

  @Override
  public void init(ProcessorContext<byte[], Object> context) {
    task = new Task(context);
    task.start();
  }

  @Override
  public void process(Record<byte[], Object> record) {
    running().take(record);
  }

  @Override
  public void close() {
    if (task != null) {
      task.close();
      task = null;
    }
  }

  private Task running() {
    if (task == null) {
      throw new IllegalStateException("a step is initialised before it is used");
    }
    return task;
  }

  /** The step from its start to its close. */
  private final class Task {

    private final ProcessorContext<byte[], Object> context;
    private final Allowances allowances;
    private final Flights flights;
    private final Attempts attempts;
    private final Cancelling cancelling;
    private final Restoration restoration;
    private final CommitPace commits;
    private final Consumer<Duration> committed = this::committed;
    private @Nullable Cancellable punctuation;
    private Duration pace = BUSY;
    private int idleTurns;
    private boolean owing;
    private final Set<String> paused = new HashSet<>();

    Task(ProcessorContext<byte[], Object> context) {
      this.context = context;
      this.commits = new CommitPace(context, parts.commits());
      FlightStore store = new FlightStore(context.getStateStore(FlightStore.NAME), parts.load());
      Mailbox mailbox = new Mailbox();
      this.allowances =
          new Allowances(
              parts.budgets(),
              context.taskId().partition(),
              new CostBound(parts.prices()),
              store,
              this::owe);
      this.flights = new Flights(store, parts, mailbox, allowances, this::owe);
      this.attempts =
          new Attempts(
              flights,
              parts,
              new CallFactory(store, parts.payload()),
              mailbox,
              allowances,
              this::owe);
      this.cancelling = new Cancelling(parts.cancellations(), flights, attempts, this::owe);
      this.restoration =
          new Restoration(
              store,
              KnownWork.open(context.getStateStore(KnownWork.STORE), parts.answers()).answers(),
              parts.models(),
              parts.tenants(),
              new RetryPolicy(parts.config().retry()),
              flights,
              attempts,
              cancelling,
              parts.budgets());
    }

    void start() {
      parts.commits().afterCommit().add(committed);
      int resumed = restoration.run(now());
      if (resumed > 0) {
        LOG.atInfo()
            .addKeyValue("task", context.taskId())
            .addKeyValue("flights", resumed)
            .log("resumed what was in flight");
        punctuate(BUSY);
      }
      complete();
      parts.calls().taskOpened(context.taskId().partition(), flights.waiting());
    }

    void take(Record<byte[], Object> record) {
      Instant now = now();
      if (record.value() instanceof BudgetGrant grant) {
        flights.granted(grant, now);
        goOn(now);
      } else {
        EncodedJob coming = (EncodedJob) record.value();
        Job job = coming.job();
        if (cancelling.take(job)) {
          allowances.giveBack(job.getTenant(), job.getReservedPicoDollars());
          complete();
          commits.want();
          return;
        }
        switch (flights.take(coming, isHeld(), now)) {
          case YES -> goOn(now);
          case HOLD -> hold(coming);
        }
      }
      complete();
      pauseOrResume();
      if (punctuation == null && (!flights.isEmpty() || !paused.isEmpty())) {
        punctuate(BUSY);
      }
    }

    private void goOn(Instant now) {
      if (!parts.calls().isDraining() && attempts.intend(now)) {
        commits.want();
      }
      flights.settleFinished(now);
    }

    private boolean isHeld() {
      // There is no topic where admission forwards from a punctuation, without a hop between.
      return context
          .recordMetadata()
          .map(metadata -> names.heldTopic().equals(metadata.topic()))
          .orElse(false);
    }

    private void hold(EncodedJob coming) {
      Job job = coming.job();
      byte[] key = HeldJob.key(context.taskId().partition(), job);
      context.forward(new Record<>(key, coming.bytes(), now().toEpochMilli()), names.held());
      LOG.atDebug().addKeyValue("request", job.getId()).log("job held, its lane cannot take it");
    }

    private void turn(long timestamp) {
      Instant now = now();
      boolean any = attempts.recover(now);
      any |= attempts.takeEnds(ENDS_SLICE, now);
      any |= flights.keepTime(now);
      any |= cancelling.run(now);
      any |= attempts.leaveBadLanes(now);
      flights.waiting().reroute(now);
      any |= parts.calls().isDraining() ? attempts.withdraw(now) : attempts.intend(now);
      any |= flights.settleFinished(now);
      complete();
      parts.calls().startReady();
      if (any) {
        commits.want();
      }
      pauseOrResume();
      adaptPace(any);
    }

    private void adaptPace(boolean busy) {
      idleTurns = busy ? 0 : idleTurns + 1;
      // A paused partition brings no record that would look again whether there is room.
      if (flights.isEmpty() && paused.isEmpty()) {
        cancelPunctuation();
      } else if (busy && !pace.equals(BUSY)) {
        punctuate(BUSY);
      } else if (idleTurns == PATIENCE) {
        punctuate(CALM);
      }
    }

    private void punctuate(Duration interval) {
      cancelPunctuation();
      pace = interval;
      punctuation = context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::turn);
    }

    private void cancelPunctuation() {
      if (punctuation != null) {
        punctuation.cancel();
        punctuation = null;
      }
    }

    private void pauseOrResume() {
      Instant now = now();
      names
          .sources()
          .forEach((topic, classes) -> {
            boolean full = flights.isFull(classes, now);
            if (full && paused.add(topic)) {
              parts.paused().pause(partition(topic), owner());
            } else if (!full && paused.remove(topic)) {
              parts.paused().resume(partition(topic), owner());
            }
          });
    }

    private TopicPartition partition(String topic) {
      return new TopicPartition(topic, context.taskId().partition());
    }

    private void committed(Duration took) {
      attempts.committed();
    }

    private void owe(Due due) {
      owing = true;
      forward(due);
    }

    /** All that was owed is told, in this transaction. */
    private void complete() {
      if (owing) {
        owing = false;
        forward(new Due.Complete());
      }
    }

    private void forward(Due due) {
      context.forward(new Record<>(new byte[0], due, now().toEpochMilli()), names.settlement());
    }

    private Instant now() {
      return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }

    private String owner() {
      return "invocation-" + context.taskId();
    }

    void close() {
      parts.calls().taskClosed(context.taskId().partition(), flights.waiting());
      parts.commits().afterCommit().remove(committed);
      commits.close();
      cancelPunctuation();
      cancelling.close();
      attempts.close();
      flights.close();
      names.sources().keySet().forEach(topic -> parts.paused().resume(partition(topic), owner()));
    }
  }
}
