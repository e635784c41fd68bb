/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.model.Quota;
import io.streambed.schemas.TokenUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A lane's quota against a provider's own, as a continuously refilled bucket of a minute. */
class LaneQuotaTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int MAX_TOKENS = 4_096;
  private static final Duration STEP = Duration.ofMillis(20);

  /** From the reservation until the attempt is committed and its call goes out. */
  private static final Duration COMMIT = Duration.ofMillis(60);

  /** A call that has its reservation, and when what it waits for happens: it goes out, or ends. */
  private record Pending(
      int instance, Reservation held, double most, TokenUsage usage, Instant begun, Instant at) {

    Pending at(Instant begin, Instant time) {
      return new Pending(instance, held, most, usage, begin, time);
    }
  }

  @Property(tries = 20)
  void twiceTheQuotaOfferedUsesNearlyAllAndIsHardlyEverThrottled(
      @ForAll @IntRange(min = 1, max = 4) int instances,
      @ForAll @IntRange(min = 1, max = 5) int burndown,
      @ForAll @IntRange(min = 1, max = 4) int halfMillions,
      @ForAll Random random) {
    // When
    long perMinute = halfMillions * 500_000L;
    Simulation simulation = new Simulation(instances, burndown, perMinute, random);
    simulation.run(Duration.ofMinutes(5), perMinute);

    // Then
    assertThat(simulation.used).isBetween(0.95 * 5 * perMinute, 1.02 * 5 * perMinute);
    assertThat((double) simulation.throttled).isLessThan(0.005 * simulation.calls);
  }

  /** A call whose answer is lost has taken what it has taken, and is made again. */
  @Property(tries = 20)
  void lostAnswersAreNotAskedForAgainBeyondTheQuota(
      @ForAll @IntRange(min = 1, max = 4) int instances,
      @ForAll @IntRange(min = 1, max = 60) int lost,
      @ForAll Random random) {
    // When
    long perMinute = 1_000_000;
    Simulation simulation = new Simulation(instances, 1, perMinute, random);
    simulation.lostPercent = lost;
    simulation.run(Duration.ofMinutes(5), perMinute);

    // Then
    assertThat(simulation.used).isBetween(0.9 * 5 * perMinute, 1.05 * 5 * perMinute);
    assertThat((double) simulation.throttled).isLessThan(0.005 * simulation.calls);
  }

  /**
   * The provider's bucket holds a minute's quota: what was halved is noticed when that is used up,
   * about a minute later, and the minute after that is looked at.
   */
  @Property(tries = 40)
  void aQuotaThatIsHalvedIsLearnedWithinAMinuteAndOneThatComesBackToo(
      @ForAll @IntRange(min = 1, max = 4) int instances,
      @ForAll @IntRange(min = 1, max = 4) int halfMillions,
      @ForAll Random random) {
    // Given
    long perMinute = halfMillions * 500_000L;
    Simulation simulation = new Simulation(instances, 1, perMinute, random);
    simulation.run(Duration.ofMinutes(3), perMinute);

    // When
    simulation.run(Duration.ofMinutes(1), perMinute / 2);
    simulation.forget();
    simulation.run(Duration.ofMinutes(1), perMinute / 2);

    // Then
    assertThat(simulation.used).isGreaterThan(0.85 * perMinute / 2);
    assertThat((double) simulation.throttled).isLessThan(0.03 * simulation.calls);

    // When
    simulation.forget();
    simulation.run(Duration.ofMinutes(3), perMinute / 2);

    // Then
    assertThat(simulation.used).isGreaterThan(0.85 * 3 * perMinute / 2);
    assertThat((double) simulation.throttled).isLessThan(0.03 * simulation.calls);

    // When
    simulation.run(Duration.ofMinutes(1), perMinute);
    simulation.forget();
    simulation.run(Duration.ofMinutes(1), perMinute);

    // Then
    assertThat(simulation.used).isGreaterThan(0.85 * perMinute);
    assertThat((double) simulation.throttled).isLessThan(0.03 * simulation.calls);
  }

  /** A day's tokens are those of 1,440 minutes, and no sooner. */
  @Example
  void aDaysQuotaIsSpreadOverTheDay() {
    // Given
    long perSecond = 1_000;
    LaneQuota quota =
        new LaneQuota(
            new Quota(
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.of(perSecond * Duration.ofDays(1).toSeconds()),
                1),
            START);

    // When
    double taken = 0;
    for (Instant now = START; now.isBefore(START.plusSeconds(600)); now = now.plus(STEP)) {
      Reservation wanted = quota.reservation(400, 100);
      while (quota.reserve(wanted, 1, now)) {
        taken += quota.settle(wanted, new TokenUsage(100L, 50L, 0L, 0L, 0L));
      }
    }

    // Then
    assertThat(taken).isBetween(0.95 * 600 * perSecond, 1.02 * 600 * perSecond);
  }

  /** Instances that always have work, and a provider. */
  private static final class Simulation {

    private final List<LaneQuota> quotas = new ArrayList<>();
    private final PriorityQueue<Pending> open =
        new PriorityQueue<>(Comparator.comparing(Pending::at));
    private final List<Deque<Pending>> ready = new ArrayList<>();
    private final List<Pending> refused = new ArrayList<>();
    private final Random random;
    private final int burndown;
    private final Instant[] pausedUntil;
    private Instant now = START;
    private double bucket;
    private double used;
    private long calls;
    private long throttled;
    private int lostPercent;

    Simulation(int instances, int burndown, long perMinute, Random random) {
      this.bucket = perMinute;
      this.random = random;
      this.burndown = burndown;
      this.pausedUntil = new Instant[instances];
      Arrays.fill(pausedUntil, START);
      Quota quota =
          new Quota(
              OptionalLong.empty(), OptionalLong.of(perMinute), OptionalLong.empty(), burndown);
      for (int i = 0; i < instances; i++) {
        quotas.add(new LaneQuota(quota, START));
        ready.add(new ArrayDeque<>());
      }
    }

    void forget() {
      used = 0;
      calls = 0;
      throttled = 0;
    }

    void run(Duration time, long perMinute) {
      Instant end = now.plus(time);
      bucket = Math.min(bucket, (double) perMinute);
      while (now.isBefore(end)) {
        now = now.plus(STEP);
        bucket = Math.min((double) perMinute, bucket + perMinute * STEP.toMillis() / 60_000.0);
        while (!open.isEmpty() && !open.element().at().isAfter(now)) {
          end(open.remove());
        }
        refused.forEach(this::noticeRefusal);
        refused.clear();
        for (int i = 0; i < quotas.size(); i++) {
          reserve(i);
          send(ready.get(i));
        }
      }
    }

    private void reserve(int instance) {
      LaneQuota quota = quotas.get(instance);
      for (int tries = 0; tries < 50; tries++) {
        int bytes = 400 + random.nextInt(8_000);
        Reservation wanted = quota.reservation(bytes, MAX_TOKENS);
        if (!quota.reserve(wanted, 1.0 / quotas.size(), now)) {
          return;
        }
        long input = bytes / 4;
        TokenUsage usage = new TokenUsage(input, (long) random.nextInt(600), 0L, 0L, 0L);
        Instant committed = now.plus(COMMIT);
        ready
            .get(instance)
            .add(new Pending(instance, wanted, input + MAX_TOKENS, usage, now, committed));
      }
    }

    private void send(Deque<Pending> committed) {
      while (!committed.isEmpty()
          && !committed.element().at().isAfter(now)
          && !now.isBefore(pausedUntil[committed.element().instance()])) {
        Pending call = committed.remove();
        calls++;
        if (bucket < call.most()) {
          throttled++;
          // What comes back takes a moment: others may go out before it does.
          refused.add(call.at(now, now));
        } else {
          bucket -= call.most();
          open.add(call.at(now, now.plusMillis(500 + random.nextInt(4_000))));
        }
      }
    }

    private void noticeRefusal(Pending call) {
      LaneQuota quota = quotas.get(call.instance());
      quota.release(call.held());
      quota.throttled(call.begun(), now);
      if (call.begun().isAfter(pausedUntil[call.instance()])) {
        pausedUntil[call.instance()] = now.plus(LaneQuota.REST);
      }
    }

    private void end(Pending call) {
      double taken =
          call.usage().getInputTokens() + (double) call.usage().getOutputTokens() * burndown;
      bucket += call.most() - taken;
      used += taken;
      LaneQuota quota = quotas.get(call.instance());
      if (random.nextInt(100) < lostPercent) {
        quota.lose(call.held());
      } else {
        quota.settle(call.held(), call.usage());
      }
    }
  }
}
