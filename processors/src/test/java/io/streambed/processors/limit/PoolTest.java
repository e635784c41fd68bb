/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What holds of pools whatever is asked of them and whoever has which share. */
class PoolTest {

  private static final int PARTITIONS = 12;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** What was taken, and when. */
  private record Taken(Instant at, long amount) {}

  @Property(tries = 300)
  void allInstancesTogetherKeepTheQuotaInEveryMinute(
      @ForAll @IntRange(min = 1, max = 6) int instances,
      @ForAll @LongRange(min = 60, max = 6_000_000) long perMinute,
      @ForAll @IntRange(min = 1, max = 20_000) int largest,
      @ForAll Random random) {
    // Given
    Fleet fleet = new Fleet(instances, perMinute);
    Instant now = START;
    Deque<Taken> lastMinute = new ArrayDeque<>();
    long inMinute = 0;
    double burst = perMinute / 60.0 * Pool.BURST.toSeconds();
    double bound = perMinute + burst + (double) instances * largest;

    for (int step = 0; step < 2_000; step++) {
      // When
      now = now.plusMillis(random.nextInt(400));
      if (random.nextInt(20) == 0) {
        fleet.move(random.nextInt(PARTITIONS), random.nextInt(instances), now);
      }
      long amount = 1L + random.nextInt(largest);
      if (fleet.take(random.nextInt(instances), amount, now)) {
        lastMinute.add(new Taken(now, amount));
        inMinute += amount;
      }
      while (!lastMinute.isEmpty() && lastMinute.element().at().plus(MINUTE).isBefore(now)) {
        inMinute -= lastMinute.remove().amount();
      }

      // Then
      assertThat((double) inMinute).isLessThanOrEqualTo(bound + 1e-6);
    }
  }

  @Property(tries = 300)
  void whereThereIsWorkTheShareIsUsedToTheBrim(
      @ForAll @IntRange(min = 1, max = PARTITIONS) int owned,
      @ForAll @LongRange(min = 60, max = 6_000_000) long perMinute,
      @ForAll @IntRange(min = 1, max = 20_000) int largest,
      @ForAll Random random) {
    // Given
    Pool pool = new Pool(perMinute, MINUTE, START);
    double share = (double) owned / PARTITIONS;
    pool.share(share, START);
    Duration time = Duration.ofMinutes(30);
    long taken = 0;
    long next = 1L + random.nextInt(largest);

    // When: somebody asks every 10 ms for as long as there is something
    for (Instant now = START; now.isBefore(START.plus(time)); now = now.plusMillis(10)) {
      while (pool.has((double) next, now)) {
        pool.take((double) next);
        taken += next;
        next = 1L + random.nextInt(largest);
      }
    }

    // Then: of a full pool nothing flows in until somebody asks again
    double quota = perMinute * share * time.toMinutes();
    double burst = perMinute * share / 60 * Pool.BURST.toSeconds();
    assertThat((double) taken).isBetween(0.99 * quota - largest - burst, quota + largest);
  }

  /** Pools of instances that share partitions. */
  private static final class Fleet {

    private final List<Pool> pools = new ArrayList<>();
    private final int[] owners = new int[PARTITIONS];

    Fleet(int instances, long perMinute) {
      for (int i = 0; i < instances; i++) {
        pools.add(new Pool(perMinute, MINUTE, START));
      }
      share(START);
    }

    void move(int partition, int to, Instant now) {
      owners[partition] = to;
      share(now);
    }

    private void share(Instant now) {
      int[] owned = new int[pools.size()];
      for (int owner : owners) {
        owned[owner]++;
      }
      for (int i = 0; i < owned.length; i++) {
        pools.get(i).share((double) owned[i] / PARTITIONS, now);
      }
    }

    boolean take(int instance, long amount, Instant now) {
      Pool pool = pools.get(instance);
      boolean granted = pool.has((double) amount, now);
      if (granted) {
        pool.take((double) amount);
      }
      return granted;
    }
  }
}
