/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.processors.answers.AnswerStore;
import io.streambed.processors.answers.AnswersConfig;
import io.streambed.processors.answers.KnownWork;
import io.streambed.processors.commit.AfterCommit;
import io.streambed.processors.commit.CommitPace;
import io.streambed.processors.job.BudgetRecords;
import io.streambed.processors.job.Cancellations;
import io.streambed.processors.job.Due;
import io.streambed.processors.job.EncodedJob;
import io.streambed.processors.job.HeldJob;
import io.streambed.processors.job.PausedPartitions;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.PriceTable;
import io.streambed.schemas.Operation;
import io.streambed.schemas.Priority;
import io.streambed.schemas.state.Answer;
import io.streambed.schemas.state.BudgetGrant;
import io.streambed.schemas.state.Job;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The invocation step on a driver, with a model that answers by hand, commits by hand, and restarts
 * in the same process or in another.
 */
final class StepBench implements AutoCloseable {

  private static final byte[] REOPEN = "reopen".getBytes(UTF_8);
  private static final byte[] GRANT = "grant".getBytes(UTF_8);
  private static final byte[] FROM_TIMER = "from a timer".getBytes(UTF_8);
  private static final byte[] RESTART = "restart".getBytes(UTF_8);
  private static final String SOURCE = "jobs-topic";

  private static final Map<String, Set<Priority>> SOURCES =
      Map.of(
          SOURCE,
          Set.of(Priority.values()),
          SOURCE + "-" + Priority.INTERACTIVE,
          Set.of(Priority.INTERACTIVE),
          SOURCE + "-" + Priority.BACKGROUND,
          Set.of(Priority.BACKGROUND));

  final Cancellations cancellations = new Cancellations();
  final HandClient client = new HandClient();
  final AfterCommit afterCommit = new AfterCommit(InstantSource.system());
  final PausedPartitions paused = new PausedPartitions();
  final List<Due> due = new ArrayList<>();

  /** Whether the step has said, after all that was owed, that this is all. */
  private boolean complete = true;

  final List<Job> held = new ArrayList<>();
  Map<String, ModelAlias> models;
  Load load;
  HandDepartures departures = new HandDepartures();
  Elsewhere elsewhere = new Elsewhere("bench");
  Calls calls;

  private final InvocationConfig config;
  private final Tenants tenants;
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> input;
  private final Clock clock = new BenchClock();
  private Instant now = Jobs.ADMITTED;
  private int attempts;
  private Runnable whileClosed = () -> {};

  StepBench(InvocationConfig config, int concurrency) {
    this(config, concurrency, Tenants.equal());
  }

  StepBench(InvocationConfig config, int concurrency, Tenants tenants) {
    this.config = config;
    this.tenants = tenants;
    this.models = new HashMap<>();
    models.put("sonnet", alias("sonnet", Operation.PROMPT, "anthropic.claude-x", concurrency));
    models.put("cohere", alias("cohere", Operation.EMBEDDING, "cohere.embed-english-v3", 4));
    this.load = new Load(config.maxJobs(), config.maxBytes());
    elsewhere.readTo(Instant.MAX);
    this.calls = newCalls();
    Properties settings = new Properties();
    settings.put("application.id", "bench");
    settings.put("bootstrap.servers", "unused:1");
    this.driver = new TopologyTestDriver(topology(), settings, now);
    this.input =
        driver.createInputTopic(SOURCE, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static StepBench start() {
    return new StepBench(InvocationConfig.defaults(), 100);
  }

  private static ModelAlias alias(String name, Operation operation, String model, int most) {
    return ModelAlias.of(name, operation, new Lane(model, "us-east-1", most), "1", 100);
  }

  /** Gives jobs to the step and lets their transaction commit. */
  void publish(Job... jobs) {
    for (Job job : jobs) {
      input.pipeInput(new byte[0], HeldJob.encode(job));
    }
    commit();
  }

  /** Lets a budget answer a flight. */
  void grant(BudgetGrant grant) {
    input.pipeInput(GRANT, BudgetRecords.encode(grant));
    commit();
  }

  /** Gives a job to the step that was forwarded from a punctuation, as admission does. */
  void publishFromTimer(Job job) {
    input.pipeInput(FROM_TIMER, HeldJob.encode(job));
    settle();
  }

  /** Gives jobs to the step, and the transaction goes on. */
  void publishUncommitted(Job job) {
    input.pipeInput(new byte[0], HeldJob.encode(job));
  }

  void commit() {
    if (!complete) {
      throw new AssertionError("a commit while what is owed is not written whole");
    }
    afterCommit.committed(Duration.ZERO);
  }

  /** Lets time pass, and then the transaction commit. */
  void pass(Duration time) {
    passUncommitted(time);
    commit();
  }

  void passUncommitted(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
  }

  /** A few turns of the step, so that everything that can happen now does. */
  void settle() {
    for (int i = 0; i < 5; i++) {
      pass(Duration.ofMillis(50));
    }
  }

  /** The task closes and opens again in this process. */
  void reopen() {
    input.pipeInput(REOPEN, new byte[0]);
  }

  /** The process ends and another takes the task up. */
  void restart() {
    elsewhere = new Elsewhere("bench");
    elsewhere.readTo(Instant.MAX);
    open();
  }

  /** The task moves to another process, which hears of it what the test lets it hear. */
  void move() {
    elsewhere = new Elsewhere("bench");
    open();
  }

  /** This process hears all that another has said so far, and knows that it has. */
  void hear(HandDepartures other) {
    other.passTo(elsewhere, now);
    elsewhere.readTo(now);
  }

  private void open() {
    departures = new HandDepartures();
    calls = newCalls();
    load = new Load(config.maxJobs(), config.maxBytes());
    input.pipeInput(RESTART, new byte[0]);
  }

  private Calls newCalls() {
    return new Calls(client, config, tenants, 1, clock, () -> 0.5, departures, elsewhere);
  }

  /** A request is cancelled while no task is open that would be told. */
  void cancelWhileClosed(Cancellations.Request request, Instant at) {
    whileClosed = () -> cancellations.add(request, at);
    reopen();
  }

  Instant now() {
    return now;
  }

  /** Whether jobs of a class are left in Kafka. */
  boolean isPaused(Priority priority) {
    return paused.isPaused(new TopicPartition(SOURCE + "-" + priority, 0));
  }

  boolean isPaused() {
    return paused.isPaused(new TopicPartition(SOURCE, 0));
  }

  <T extends Due> List<T> due(Class<T> type) {
    return due.stream().filter(type::isInstance).map(type::cast).toList();
  }

  List<String> servedIds() {
    return due(Due.Served.class).stream().map(served -> served.job().getId()).toList();
  }

  List<String> failedIds() {
    return due(Due.Failed.class).stream().map(failed -> failed.job().getId()).toList();
  }

  private InvocationParts parts() {
    return new InvocationParts(
        config,
        AnswersConfig.defaults(),
        models,
        tenants,
        PriceTable.builtIn(),
        true,
        Jobs.PAYLOAD,
        calls,
        load,
        cancellations,
        new CommitPace.Settings(afterCommit, config.commitGap(), calls::isAhead),
        paused,
        () -> "attempt-" + attempts++,
        () -> 0.5);
  }

  private Topology topology() {
    Topology topology = new Topology();
    topology.addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), SOURCE);
    topology.addProcessor("invocation", Host::new, "in");
    topology.addProcessor("settlement", Taker::new, "invocation");
    topology.addProcessor("held", Taker::new, "invocation");
    for (String store : List.of(FlightStore.NAME, KnownWork.STORE)) {
      topology.addStateStore(
          Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore(store), Serdes.Bytes(), Serdes.ByteArray()),
          "invocation",
          "settlement",
          "held");
    }
    return topology;
  }

  /** Holds the step that runs now. */
  private final class Host implements Processor<byte[], byte[], byte[], Object> {

    private @Nullable ProcessorContext<byte[], Object> context;
    private @Nullable InvocationStep step;

    @Override
    public void init(ProcessorContext<byte[], Object> started) {
      context = started;
      open();
    }

    private void open() {
      step =
          new InvocationStep(
              parts(), new InvocationStep.Names("settlement", "held", SOURCES, "held-jobs"));
      step.init(Objects.requireNonNull(context));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      if (Arrays.equals(record.key(), REOPEN) || Arrays.equals(record.key(), RESTART)) {
        running().close();
        whileClosed.run();
        whileClosed = () -> {};
        open();
      } else if (Arrays.equals(record.key(), FROM_TIMER)) {
        takeLater(record);
      } else {
        Object value =
            Arrays.equals(record.key(), GRANT)
                ? BudgetRecords.decodeGrant(record.value())
                : EncodedJob.of(record.value());
        running().process(new Record<>(record.key(), value, record.timestamp()));
      }
    }

    private void takeLater(Record<byte[], byte[]> record) {
      Cancellable[] once = new Cancellable[1];
      once[0] =
          Objects.requireNonNull(context)
              .schedule(
                  Duration.ofMillis(1),
                  PunctuationType.WALL_CLOCK_TIME,
                  time -> {
                    once[0].cancel();
                    EncodedJob job = EncodedJob.of(record.value());
                    running().process(new Record<>(new byte[0], job, time));
                  });
    }

    @Override
    public void close() {
      running().close();
    }

    private InvocationStep running() {
      return Objects.requireNonNull(step);
    }
  }

  /** Keeps what is forwarded; answers go to their store as settlement puts them there. */
  private final class Taker implements Processor<byte[], Object, Void, Void> {

    private @Nullable KnownWork known;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
      known = KnownWork.open(context.getStateStore(KnownWork.STORE), AnswersConfig.defaults());
    }

    @Override
    public void process(Record<byte[], Object> record) {
      if (record.value() instanceof byte[] job) {
        held.add(HeldJob.decode(job));
        return;
      }
      Due next = (Due) record.value();
      complete = next instanceof Due.Complete;
      if (complete) {
        return;
      }
      due.add(next);
      if (known != null && next instanceof Due.Learned(var fingerprint, Answer answer)) {
        known.answers().put(fingerprint, answer, AnswerStore.encode(answer));
      }
    }
  }

  private final class BenchClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @Override
  public void close() {
    driver.close();
  }
}
