/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.budget;

import io.streambed.processors.commit.CommitPace;
import io.streambed.processors.job.BudgetRecords;
import io.streambed.processors.job.Cancellations;
import io.streambed.processors.job.Due;
import io.streambed.processors.job.HeldJob;
import io.streambed.processors.job.Work;
import io.streambed.schemas.Priority;
import io.streambed.schemas.state.BudgetGrant;
import io.streambed.schemas.state.BudgetWish;
import io.streambed.schemas.state.Failure;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the accounts of tenants that have a budget. It reads, keyed by tenant, jobs before they are
 * worked on, flights that need another call, and what was spent and given back, and lets through
 * what the budget has room for. All of a tenant's entries are in one partition, so one task decides
 * on them, and a crash repeats none of them: they are read in the transaction that writes what
 * became of them. Owned by a stream thread.
 */
public final class BudgetStep implements Processor<byte[], byte[], byte[], Object> {

  /** Name of the store of accounts. */
  public static final String STORE = Books.NAME;

  /** Looks at what waits, while there is a lot to do and otherwise. */
  private static final Duration BUSY = Duration.ofMillis(20);

  private static final Duration CALM = Duration.ofSeconds(1);

  /** Most orders that are carried out at one go. */
  private static final int ORDERS_SLICE = 1_000;

  private final BudgetConfig config;
  private final CommitPace.Settings commitSettings;
  private final Cancellations cancellations;
  private final Names names;
  private @Nullable Task task;

  /**
   * Names in the topology.
   *
   * @param jobs children that take jobs which have their money, under their own keys, by the jobs'
   *     class; those of a class that is not named go with ordinary ones
   * @param grants child that takes what is said to flights
   * @param refused child that writes dead letters
   * @param told child that writes events
   */
  public record Names(Map<Priority, String> jobs, String grants, String refused, String told) {

    public Names {
      jobs = Map.copyOf(jobs);
    }

    private String jobs(Priority priority) {
      String ordinary = jobs.getOrDefault(Priority.STANDARD, "");
      return jobs.getOrDefault(priority, ordinary);
    }
  }

  /**
   * @param cancellations what is not wanted any more
   */
  public BudgetStep(
      BudgetConfig config, CommitPace.Settings commits, Cancellations cancellations, Names names) {
    this.config = config;
    this.commitSettings = commits;
    this.cancellations = cancellations;
    this.names = names;
  }

  @Override
  public void init(ProcessorContext<byte[], Object> context) {
    task = new Task(context);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (task == null) {
      throw new IllegalStateException("a step is initialised before it is used");
    }
    task.take(record);
  }

  @Override
  public void close() {
    if (task != null) {
      task.close();
      task = null;
    }
  }

  /** The step from its start to its close. */
  private final class Task {

    private final ProcessorContext<byte[], Object> context;
    private final CommitPace commits;
    private final Desk desk;
    private final Cancellations.Orders orders;
    private Duration pace = Duration.ZERO;
    private @Nullable Cancellable punctuation;

    Task(ProcessorContext<byte[], Object> context) {
      this.context = context;
      this.commits = new CommitPace(context, commitSettings);
      this.desk =
          new Desk(new Books(context.getStateStore(STORE)), config, cancellations, this::forward);
      this.orders = cancellations.subscribe();
      // What waits may have been cancelled while no task had it.
      cancellations.known().forEach(orders::add);
      adaptPace();
    }

    void take(Record<byte[], byte[]> record) {
      desk.take(
          BudgetRecords.tenant(record.key()), BudgetRecords.decodeEntry(record.value()), now());
      commits.want();
      adaptPace();
    }

    private void turn(long timestamp) {
      boolean any = cancel();
      if (desk.turn(now()) || any) {
        commits.want();
      }
      adaptPace();
    }

    private boolean cancel() {
      boolean any = false;
      for (int i = 0; i < ORDERS_SLICE; i++) {
        Cancellations.Order order = orders.poll();
        if (order == null) {
          break;
        }
        any |= desk.cancel(order, now());
      }
      return any;
    }

    /** A punctuation asks for a commit each time, so there is none while nothing waits. */
    private void adaptPace() {
      if (!desk.isWaiting()) {
        orders.clear();
      }
      Duration wanted = desk.isBusy() ? BUSY : desk.isWaiting() ? CALM : Duration.ZERO;
      if (wanted.equals(pace)) {
        return;
      }
      pace = wanted;
      if (punctuation != null) {
        punctuation.cancel();
        punctuation = null;
      }
      if (!wanted.isZero()) {
        punctuation = context.schedule(wanted, PunctuationType.WALL_CLOCK_TIME, this::turn);
      }
    }

    private void forward(Said said) {
      switch (said) {
        case Said.Granted(String tenant, BudgetWish wish) ->
            wish.getFlight()
                .ifPresentOrElse(
                    flight ->
                        answer(
                            wish,
                            new BudgetGrant(tenant, flight, wish.getAmountPicoDollars(), null)),
                    () ->
                        forward(
                            bytes(wish.getJobKey().orElseThrow()),
                            bytes(wish.getJob().orElseThrow()),
                            names.jobs(wish.getPriority())));
        case Said.Refused(String tenant, BudgetWish wish, Failure failure) ->
            wish.getFlight()
                .ifPresentOrElse(
                    flight -> answer(wish, new BudgetGrant(tenant, flight, 0L, failure)),
                    () -> refuse(wish, failure));
        case Said.Told(var event) ->
            forward(BudgetRecords.key(event.getTenant()), event, names.told());
      }
    }

    private void answer(BudgetWish wish, BudgetGrant grant) {
      context.forward(
          new Record<>(
              BudgetRecords.grantKey(wish.getPartition()),
              BudgetRecords.encode(grant),
              now().toEpochMilli()),
          names.grants());
    }

    private void refuse(BudgetWish wish, Failure failure) {
      Job job = HeldJob.decode(bytes(wish.getJob().orElseThrow()));
      ByteBuffer content = job.getContent().orElseGet(() -> ByteBuffer.allocate(0));
      long waited = Math.max(0, Duration.between(job.getAdmittedAt(), now()).toMillis());
      forward(
          new byte[0],
          new Due.Failed(job, content, failure, Work.none(waited), "", List.of()),
          names.refused());
    }

    private void forward(byte[] key, Object value, String child) {
      context.forward(new Record<>(key, value, now().toEpochMilli()), child);
    }

    private Instant now() {
      return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }

    void close() {
      commits.close();
      orders.close();
      if (punctuation != null) {
        punctuation.cancel();
        punctuation = null;
      }
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
