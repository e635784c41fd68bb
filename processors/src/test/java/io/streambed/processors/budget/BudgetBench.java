/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.budget;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.budget.Budget.WhenSpent;
import io.streambed.processors.commit.AfterCommit;
import io.streambed.processors.commit.CommitPace;
import io.streambed.processors.job.BudgetRecords;
import io.streambed.processors.job.Cancellations;
import io.streambed.processors.job.Due;
import io.streambed.processors.job.HeldJob;
import io.streambed.schemas.BudgetEvent;
import io.streambed.schemas.Operation;
import io.streambed.schemas.Priority;
import io.streambed.schemas.state.BudgetEntry;
import io.streambed.schemas.state.BudgetGrant;
import io.streambed.schemas.state.BudgetWish;
import io.streambed.schemas.state.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** A budget step on a test driver, and everything that comes out of it. */
final class BudgetBench implements AutoCloseable {

  static final Instant EVENING = Instant.parse("2026-01-30T23:50:00Z");
  private static final String SOURCE = "budget";
  private static final byte[] REOPEN = "reopen".getBytes(UTF_8);

  final List<String> let = new ArrayList<>();
  final List<BudgetGrant> grants = new ArrayList<>();
  final List<Due.Failed> refused = new ArrayList<>();
  final List<BudgetEvent> events = new ArrayList<>();
  Budget others = Budget.NONE;
  final Map<String, Budget> budgets = new HashMap<>();
  final Cancellations cancellations = new Cancellations();
  Runnable whileClosed = () -> {};
  private final boolean onDisk;
  private @Nullable TopologyTestDriver driver;
  private @Nullable TestInputTopic<byte[], byte[]> input;

  final List<Integer> grantPartitions = new ArrayList<>();

  /** With its store in memory. */
  BudgetBench() {
    this(false);
  }

  /**
   * @param onDisk whether its store is one on disk, as the platform's is
   */
  BudgetBench(boolean onDisk) {
    this.onDisk = onDisk;
  }

  void start(String tenant, long daily, WhenSpent whenSpent) {
    budgets.put(tenant, limited(daily, whenSpent));
    Topology topology = new Topology();
    topology.addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), SOURCE);
    topology.addProcessor("budget", Host::new, "in");
    for (String child : List.of("jobs", "urgent", "grants", "refused", "told")) {
      topology.addProcessor(child, () -> new Taker(child), "budget");
    }
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
            onDisk
                ? Stores.persistentKeyValueStore(BudgetStep.STORE)
                : Stores.inMemoryKeyValueStore(BudgetStep.STORE),
            Serdes.Bytes(),
            Serdes.ByteArray()),
        "budget");
    Properties settings = new Properties();
    settings.put("application.id", "bench");
    settings.put("bootstrap.servers", "unused:1");
    settings.put("state.dir", directory().toString());
    driver = new TopologyTestDriver(topology, settings, EVENING);
    input = driver.createInputTopic(SOURCE, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Path directory() {
    try {
      return Files.createTempDirectory("streambed-budgets");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Budget limited(long daily, WhenSpent whenSpent) {
    return new Budget(OptionalLong.of(daily), OptionalLong.empty(), whenSpent);
  }

  void ask(String tenant, String id, long amount) {
    ask(tenant, id, amount, null);
  }

  void ask(String tenant, String id, long amount, @Nullable Instant deadline) {
    ByteBuffer key = ByteBuffer.wrap(id.getBytes(UTF_8));
    byte[] job = HeldJob.encode(job(tenant, id));
    pipe(
        tenant,
        new BudgetEntry(
            0L,
            0L,
            new BudgetWish(
                amount,
                deadline,
                id.startsWith("now") ? Priority.INTERACTIVE : Priority.BACKGROUND,
                ByteBuffer.wrap(job),
                key,
                null,
                -1)));
  }

  void claim(String tenant, int partition, long amount) {
    ByteBuffer flight = ByteBuffer.wrap(new byte[] {1, 2});
    pipe(
        tenant,
        new BudgetEntry(
            0L,
            0L,
            new BudgetWish(amount, null, Priority.STANDARD, null, null, flight, partition)));
  }

  void book(String tenant, long released, long spent) {
    pipe(tenant, new BudgetEntry(released, spent, null));
  }

  private void pipe(String tenant, BudgetEntry entry) {
    topic().pipeInput(BudgetRecords.key(tenant), BudgetRecords.encode(entry));
  }

  private TestInputTopic<byte[], byte[]> topic() {
    return Objects.requireNonNull(input);
  }

  void pass(Duration time) {
    Objects.requireNonNull(driver).advanceWallClockTime(time);
    for (int i = 0; i < 100; i++) {
      driver.advanceWallClockTime(Duration.ofMillis(20));
    }
  }

  void reopen() {
    topic().pipeInput(REOPEN, new byte[0]);
  }

  private static Job job(String tenant, String id) {
    return Job.newBuilder()
        .setId(id)
        .setTenant(tenant)
        .setOperation(Operation.PROMPT)
        .setModel("m")
        .setFingerprint(ByteBuffer.allocate(32))
        .setSourceTopic("requests")
        .setSourcePartition(0)
        .setSourceOffset(0)
        .setRequestedAt(EVENING)
        .setAdmittedAt(EVENING)
        .setPayloadSchema(1)
        .setEnvelope(ByteBuffer.allocate(0))
        .setContent(ByteBuffer.allocate(0))
        .setWriterSchemaId(1)
        .build();
  }

  /** Holds the step that runs now. */
  private final class Host implements Processor<byte[], byte[], byte[], Object> {

    private @Nullable ProcessorContext<byte[], Object> context;
    private @Nullable BudgetStep step;

    @Override
    public void init(ProcessorContext<byte[], Object> started) {
      context = started;
      step =
          new BudgetStep(
              new BudgetConfig(others, budgets, List.of(50, 80, 100)),
              new CommitPace.Settings(
                  new AfterCommit(InstantSource.system()), Duration.ZERO, () -> false),
              cancellations,
              new BudgetStep.Names(
                  Map.of(Priority.STANDARD, "jobs", Priority.INTERACTIVE, "urgent"),
                  "grants",
                  "refused",
                  "told"));
      step.init(started);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      if (Arrays.equals(record.key(), REOPEN)) {
        close();
        whileClosed.run();
        init(Objects.requireNonNull(context));
      } else {
        Objects.requireNonNull(step).process(record);
      }
    }

    @Override
    public void close() {
      Objects.requireNonNull(step).close();
    }
  }

  /** Keeps what comes to one child. */
  private final class Taker implements Processor<byte[], Object, Void, Void> {

    private final String child;

    Taker(String child) {
      this.child = child;
    }

    @Override
    public void process(Record<byte[], Object> record) {
      switch (child) {
        case "jobs" -> {
          String id = HeldJob.decode((byte[]) record.value()).getId();
          assertThat(record.key()).asString(UTF_8).isEqualTo(id);
          let.add(id);
        }
        case "urgent" -> let.add("urgent " + HeldJob.decode((byte[]) record.value()).getId());
        case "grants" -> {
          grants.add(BudgetRecords.decodeGrant((byte[]) record.value()));
          grantPartitions.add(BudgetRecords.partition(record.key()));
        }
        case "refused" -> refused.add((Due.Failed) record.value());
        case "told" -> events.add((BudgetEvent) record.value());
        default -> throw new IllegalArgumentException(child);
      }
    }
  }

  @Override
  public void close() {
    if (driver != null) {
      driver.close();
    }
  }
}
