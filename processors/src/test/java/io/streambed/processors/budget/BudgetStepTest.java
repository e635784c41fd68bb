/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.budget;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.streambed.processors.budget.Budget.WhenSpent;
import io.streambed.processors.commit.AfterCommit;
import io.streambed.processors.commit.CommitPace;
import io.streambed.processors.job.BudgetRecords;
import io.streambed.processors.job.Due;
import io.streambed.processors.job.HeldJob;
import io.streambed.schemas.BudgetEvent;
import io.streambed.schemas.BudgetEventKind;
import io.streambed.schemas.BudgetPeriod;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.Operation;
import io.streambed.schemas.Priority;
import io.streambed.schemas.state.BudgetEntry;
import io.streambed.schemas.state.BudgetGrant;
import io.streambed.schemas.state.BudgetWish;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BudgetStepTest {

  private static final Instant EVENING = Instant.parse("2026-01-30T23:50:00Z");
  private static final Duration MIDNIGHT = Duration.ofMinutes(11);
  private static final String SOURCE = "budget";
  private static final byte[] REOPEN = "reopen".getBytes(UTF_8);

  private final List<String> let = new ArrayList<>();
  private final List<BudgetGrant> grants = new ArrayList<>();
  private final List<Due.Failed> refused = new ArrayList<>();
  private final List<BudgetEvent> events = new ArrayList<>();
  private final Map<String, Budget> budgets = new HashMap<>();
  private @Nullable TopologyTestDriver driver;
  private @Nullable TestInputTopic<byte[], byte[]> input;

  @AfterEach
  void stop() {
    if (driver != null) {
      driver.close();
    }
  }

  @Test
  void aJobThatFitsGoesOnUnderItsOwnKeyAndAnotherIsRefusedOnceTheBudgetIsSpent() {
    // Given
    start("acme", 100, WhenSpent.REJECT);

    // When
    ask("acme", "a", 60);
    book("acme", 60, 50);
    ask("acme", "b", 51);
    ask("acme", "c", 50);

    // Then
    assertThat(let).containsExactly("a", "c");
    assertThat(refused)
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.job().getId()).isEqualTo("b");
          assertThat(letter.failure().getCode()).isEqualTo(DeadLetterCode.BUDGET_SPENT);
          assertThat(letter.failure().getMessage())
              .contains("daily budget of 0.0000000001 USD")
              .contains("0.00000000005 USD are spent")
              .contains("2026-01-31T00:00:00Z");
        });
  }

  @Test
  void aJobGoesWhereOthersOfItsClassGoAndWithOrdinaryOnesWhereNoneDo() {
    // Given
    start("acme", 100, WhenSpent.REJECT);

    // When
    ask("acme", "now", 10);
    ask("acme", "background", 10);

    // Then
    assertThat(let).containsExactly("urgent now", "background");
  }

  @Test
  void whatOthersHoldIsWaitedForAndNotRefused() {
    // Given
    start("acme", 100, WhenSpent.REJECT);
    ask("acme", "a", 60);

    // When
    ask("acme", "b", 60);

    // Then
    assertThat(let).containsExactly("a");
    assertThat(refused).isEmpty();

    // When
    book("acme", 60, 10);

    // Then
    assertThat(let).containsExactly("a", "b");
  }

  @Test
  void whatWaitsIsServedInItsOrderSoThatALargeOneIsNotOvertakenForever() {
    // Given
    start("acme", 100, WhenSpent.REJECT);
    ask("acme", "a", 50);
    ask("acme", "large", 100);

    // When
    ask("acme", "small", 1);
    book("acme", 50, 0);
    book("acme", 100, 0);

    // Then
    assertThat(let).containsExactly("a", "large", "small");
  }

  @Test
  void whatWaitsIsRefusedWhenOthersHaveSpentTheRest() {
    // Given
    start("acme", 100, WhenSpent.REJECT);
    ask("acme", "a", 60);
    ask("acme", "b", 60);

    // When
    book("acme", 60, 60);

    // Then
    assertThat(refused).extracting(letter -> letter.job().getId()).containsExactly("b");
  }

  @Test
  void moreThanTheWholeBudgetIsRefusedAtOnceHoweverItWaits() {
    // Given
    start("acme", 100, WhenSpent.WAIT);

    // When
    ask("acme", "a", 101);

    // Then
    assertThat(refused)
        .singleElement()
        .satisfies(
            letter -> assertThat(letter.failure().getMessage()).contains("more than the whole"));
    assertThat(events).isEmpty();
  }

  @Test
  void whereTheBudgetSaysSoJobsWaitForTheNextDay() {
    // Given
    start("acme", 100, WhenSpent.WAIT);
    ask("acme", "a", 80);
    book("acme", 80, 80);

    // When
    ask("acme", "b", 80);
    ask("acme", "c", 30);
    pass(Duration.ofMinutes(5));

    // Then
    assertThat(let).containsExactly("a");

    // When
    reopen();
    pass(MIDNIGHT);

    // Then
    assertThat(let).containsExactly("a", "b");
    assertThat(refused).isEmpty();

    // When
    book("acme", 80, 1);

    // Then
    assertThat(let).containsExactly("a", "b", "c");
  }

  @Test
  void aJobThatWaitsIsRefusedWhenItsDeadlinePassesAndOthersGoOn() {
    // Given
    start("acme", 100, WhenSpent.WAIT);
    ask("acme", "a", 80);
    ask("acme", "late", 100, EVENING.plusSeconds(30));
    ask("acme", "b", 20);

    // When
    pass(Duration.ofMinutes(1));

    // Then
    assertThat(refused).extracting(letter -> letter.job().getId()).containsExactly("late");
    assertThat(refused.getFirst().failure().getCode()).isEqualTo(DeadLetterCode.EXPIRED);
    assertThat(let).containsExactly("a", "b");
  }

  @Test
  void aFlightIsAnsweredBeforeJobsAndInItsPartition() {
    // Given
    start("acme", 100, WhenSpent.REJECT);
    ask("acme", "a", 80);
    ask("acme", "b", 30);

    // When
    claim("acme", 7, 25);
    book("acme", 80, 70);

    // Then
    assertThat(let).containsExactly("a");
    assertThat(grants)
        .singleElement()
        .satisfies(grant -> {
          assertThat(grant.getTenant()).isEqualTo("acme");
          assertThat(grant.getReservedPicoDollars()).isEqualTo(25);
        });
    assertThat(grantPartitions).containsExactly(7);

    // When
    claim("acme", 3, 31);

    // Then
    assertThat(grants.getLast().getRefusal().orElseThrow().getCode())
        .isEqualTo(DeadLetterCode.BUDGET_SPENT);
  }

  @Test
  void thresholdsAndTheEndOfABudgetAreToldOnceAPeriod() {
    // Given
    start("acme", 100, WhenSpent.REJECT);

    // When
    ask("acme", "a", 85);
    book("acme", 85, 85);
    ask("acme", "b", 20);
    ask("acme", "c", 20);
    reopen();
    ask("acme", "d", 20);

    // Then
    assertThat(events)
        .extracting(BudgetEvent::getKind, BudgetEvent::getPercent, BudgetEvent::getPeriod)
        .containsExactly(
            tuple(BudgetEventKind.THRESHOLD, 50, BudgetPeriod.DAY),
            tuple(BudgetEventKind.THRESHOLD, 80, BudgetPeriod.DAY),
            tuple(BudgetEventKind.SPENT, 100, BudgetPeriod.DAY));

    // When
    pass(MIDNIGHT);
    ask("acme", "e", 60);
    book("acme", 60, 60);

    // Then
    assertThat(events).hasSize(4);
    assertThat(events.getLast().getPeriodStart()).isEqualTo("2026-01-31T00:00:00Z");
    assertThat(events.getLast().getSpentPicoDollars()).isEqualTo(60);
  }

  @Test
  void tenantsDoNotShareABudgetAndOneWithoutGoesThrough() {
    // Given
    start("acme", 100, WhenSpent.REJECT);
    budgets.put("x", limited(10, WhenSpent.REJECT));
    reopen();

    // When
    ask("acme", "a", 100);
    ask("x", "b", 10);
    ask("free", "c", 1_000_000);

    // Then
    assertThat(let).containsExactly("a", "b", "c");
  }

  @Test
  void aThousandWishesThatWaitAreAllServed() {
    // Given
    start("acme", 1_000, WhenSpent.WAIT);
    ask("acme", "first", 1_000);
    for (int i = 0; i < 1_000; i++) {
      ask("acme", "job-" + i, 1);
    }

    // When
    book("acme", 1_000, 0);
    pass(Duration.ofSeconds(3));

    // Then
    assertThat(let).hasSize(1_001).doesNotHaveDuplicates().endsWith("job-999");
  }

  private final List<Integer> grantPartitions = new ArrayList<>();

  private void start(String tenant, long daily, WhenSpent whenSpent) {
    budgets.put(tenant, limited(daily, whenSpent));
    Topology topology = new Topology();
    topology.addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), SOURCE);
    topology.addProcessor("budget", Host::new, "in");
    for (String child : List.of("jobs", "urgent", "grants", "refused", "told")) {
      topology.addProcessor(child, () -> new Taker(child), "budget");
    }
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(BudgetStep.STORE), Serdes.Bytes(), Serdes.ByteArray()),
        "budget");
    Properties settings = new Properties();
    settings.put("application.id", "bench");
    settings.put("bootstrap.servers", "unused:1");
    driver = new TopologyTestDriver(topology, settings, EVENING);
    input = driver.createInputTopic(SOURCE, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Budget limited(long daily, WhenSpent whenSpent) {
    return new Budget(OptionalLong.of(daily), OptionalLong.empty(), whenSpent);
  }

  private void ask(String tenant, String id, long amount) {
    ask(tenant, id, amount, null);
  }

  private void ask(String tenant, String id, long amount, @Nullable Instant deadline) {
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

  private void claim(String tenant, int partition, long amount) {
    ByteBuffer flight = ByteBuffer.wrap(new byte[] {1, 2});
    pipe(
        tenant,
        new BudgetEntry(
            0L,
            0L,
            new BudgetWish(amount, null, Priority.STANDARD, null, null, flight, partition)));
  }

  private void book(String tenant, long released, long spent) {
    pipe(tenant, new BudgetEntry(released, spent, null));
  }

  private void pipe(String tenant, BudgetEntry entry) {
    topic().pipeInput(BudgetRecords.key(tenant), BudgetRecords.encode(entry));
  }

  private TestInputTopic<byte[], byte[]> topic() {
    return Objects.requireNonNull(input);
  }

  private void pass(Duration time) {
    Objects.requireNonNull(driver).advanceWallClockTime(time);
    for (int i = 0; i < 100; i++) {
      driver.advanceWallClockTime(Duration.ofMillis(20));
    }
  }

  private void reopen() {
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
              new BudgetConfig(Budget.NONE, budgets, List.of(50, 80, 100)),
              new CommitPace.Settings(
                  new AfterCommit(InstantSource.system()), Duration.ZERO, () -> false),
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
}
