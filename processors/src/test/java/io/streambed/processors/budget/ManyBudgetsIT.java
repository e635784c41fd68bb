/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.budget.Budget.WhenSpent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** However many tenants have a budget, asking one takes as long: by its key, on disk. */
class ManyBudgetsIT {

  private static final Logger LOG = LoggerFactory.getLogger(ManyBudgetsIT.class);

  private static final int TENANTS = 100_000;
  private static final int ASKED = 20_000;

  @Test
  void withAHundredThousandBudgetsAskingTakesLessThanAMillisecond() {
    try (BudgetBench bench = new BudgetBench(true)) {
      // Given: every tenant has an account
      bench.others = BudgetBench.limited(1_000_000, WhenSpent.REJECT);
      bench.start("nobody", 1, WhenSpent.REJECT);
      for (int i = 0; i < TENANTS; i++) {
        bench.book("tenant-" + i, 0, 1);
      }
      Random random = new Random(1);

      // When
      long[] nanos = new long[ASKED];
      for (int i = 0; i < ASKED; i++) {
        String tenant = "tenant-" + random.nextInt(TENANTS);
        long begin = System.nanoTime();
        bench.ask(tenant, "job-" + i, 1);
        nanos[i] = System.nanoTime() - begin;
      }
      Arrays.sort(nanos);

      // Then
      Duration p99 = Duration.ofNanos(nanos[ASKED * 99 / 100]);
      LOG.atInfo()
          .addKeyValue("tenants", TENANTS)
          .addKeyValue("p50Micros", nanos[ASKED / 2] / 1_000)
          .addKeyValue("p99Micros", p99.toNanos() / 1_000)
          .log("a budget was asked, test driver included");
      assertThat(bench.let).hasSize(ASKED);
      assertThat(p99).isLessThan(Duration.ofMillis(1));
    }
  }
}
