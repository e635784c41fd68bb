/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.job.Due;
import io.streambed.processors.limit.TenantConfig;
import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.Priority;
import io.streambed.schemas.state.Job;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How work of several classes and tenants shares a lane of one call at a time. */
class SharingTest {

  private static final int TICKETS = 1 + LaneGate.ahead(InvocationConfig.defaults().lookAhead(), 1);

  private StepBench bench = new StepBench(InvocationConfig.defaults(), 1);

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aBacklogOfOneClassStaysInKafkaAndNoOtherClassWithIt() {
    // When
    flood("acme", Priority.BACKGROUND, TICKETS + ParkingLot.DEPTH);

    // Then
    assertThat(bench.isPaused(Priority.BACKGROUND)).isTrue();
    assertThat(bench.isPaused(Priority.INTERACTIVE)).isFalse();
    assertThat(bench.held).isEmpty();
  }

  @Test
  void anUrgentJobIsTheNextCallWhateverHasWaitedBefore() {
    // Given
    flood("acme", Priority.BACKGROUND, TICKETS + ParkingLot.DEPTH);

    // When
    bench.publish(job("urgent", "acme", Priority.INTERACTIVE));
    bench.client.last().answer("first");
    bench.settle();
    bench.client.last().answer("second");
    bench.settle();

    // Then
    assertThat(bench.servedIds()).containsExactly("acme-0", "urgent");
  }

  @Test
  void anUrgentJobMakesTheFlightThatItJoinsUrgent() {
    // Given: the last of a backlog
    flood("acme", Priority.BACKGROUND, TICKETS + 10);
    Job last = Jobs.prompt("late", "the same");
    last.put("priority", Priority.BACKGROUND);
    bench.publish(last);

    // When
    Job urgent = Jobs.prompt("urgent", "the same");
    urgent.put("priority", Priority.INTERACTIVE);
    bench.publish(urgent);
    bench.client.last().answer("first");
    bench.settle();
    bench.client.last().answer("second");
    bench.settle();

    // Then
    assertThat(bench.servedIds()).containsExactly("acme-0", "late", "urgent");
  }

  @Test
  void aTenantThatFloodsALaneHasItsJobsHeldAndAnotherIsNotBehindThem() {
    // Given: two tenants have been seen
    bench.publish(job("early", "few", Priority.STANDARD));

    // When
    flood("many", Priority.STANDARD, TICKETS - 1 + ParkingLot.DEPTH + 100);
    bench.publish(job("late", "few", Priority.STANDARD));

    // Then
    assertThat(bench.isPaused()).isFalse();
    assertThat(bench.held).hasSize(100).allMatch(held -> held.getTenant().equals("many"));

    // When: a few of the calls before it have ended
    for (int i = 0; i < TICKETS + 3; i++) {
      bench.client.last().answer("answer");
      bench.settle();
    }

    // Then
    assertThat(bench.servedIds()).contains("late");
  }

  @Test
  void theBacklogOfATenantThatIsAloneStaysInKafka() {
    // When
    flood("acme", Priority.STANDARD, TICKETS + ParkingLot.DEPTH);

    // Then
    assertThat(bench.isPaused()).isTrue();
    assertThat(bench.held).isEmpty();

    // When: others were here, but long ago
    bench.pass(Duration.ofMinutes(11));

    // Then
    assertThat(bench.isPaused()).isTrue();
  }

  @Test
  void whatCannotBeAnsweredInTimeAnyMoreIsSettledWithoutACall() {
    // Given: no answer has lately come in less than a second
    for (int i = 0; i < 60; i++) {
      bench.publish(job("before-" + i, "acme", Priority.STANDARD));
      bench.pass(Duration.ofSeconds(1));
      bench.client.last().answer("answer");
      bench.settle();
    }
    int before = bench.client.made.size();

    // When
    bench.publish(Jobs.prompt("hopeless", "one", CachePolicy.USE, bench.now().plusMillis(900)));
    bench.publish(Jobs.prompt("just", "two", CachePolicy.USE, bench.now().plusMillis(1_300)));

    // Then
    assertThat(bench.client.made).hasSize(before + 1);
    Due.Failed failed = bench.due(Due.Failed.class).getFirst();
    assertThat(failed.job().getId()).isEqualTo("hopeless");
    assertThat(failed.failure().getCode()).isEqualTo(DeadLetterCode.EXPIRED);
    assertThat(failed.failure().getMessage()).contains("no call was made");
    bench.client.last().answer("answer");
    bench.settle();
    assertThat(bench.servedIds()).contains("just");
    assertThat(bench.load.jobs()).isZero();
  }

  @Test
  void aTenantWithACapHasNoMoreThanThatAndOthersGoPastIt() {
    // Given: two calls a minute, and a lane that takes many at a time
    bench.close();
    bench =
        new StepBench(
            InvocationConfig.defaults(),
            50,
            new Tenants(
                Map.of("capped", new TenantConfig(1, OptionalLong.of(2), OptionalLong.empty()))));

    // When
    flood("capped", Priority.STANDARD, 20);
    flood("free", Priority.STANDARD, 10);
    for (int second = 0; second < 300; second++) {
      bench.pass(Duration.ofSeconds(1));
    }

    // Then: in five minutes, and what may be borrowed at the begin
    assertThat(bench.client.made)
        .filteredOn(made -> made.call().tenant().equals("capped"))
        .hasSizeBetween(9, 11);
    assertThat(bench.client.made)
        .filteredOn(made -> made.call().tenant().equals("free"))
        .hasSize(10);
  }

  @Test
  void aTaskThatClosesLeavesNoTicketBehind() {
    // Given
    flood("acme", Priority.STANDARD, TICKETS + ParkingLot.DEPTH);

    // When: it opens again in the same process
    bench.reopen();
    bench.client.last().answer("answer");
    bench.settle();
    for (int i = 0; i < TICKETS + ParkingLot.DEPTH; i++) {
      bench.client.last().answer("answer");
      bench.settle();
    }

    // Then
    assertThat(bench.servedIds()).hasSize(TICKETS + ParkingLot.DEPTH);
  }

  private void flood(String tenant, Priority priority, int jobs) {
    IntStream.range(0, jobs)
        .forEach(i -> bench.publishUncommitted(job(tenant + "-" + i, tenant, priority)));
    bench.commit();
  }

  private static Job job(String id, String tenant, Priority priority) {
    Job job = Jobs.prompt(id, "text of " + id);
    job.put("tenant", tenant);
    job.put("priority", priority);
    return job;
  }
}
