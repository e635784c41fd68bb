/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streambed.cli.show.LimitsTable;
import io.streambed.processors.ops.LaneLimits;
import io.streambed.processors.ops.LimitsReport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaneSumTest {

  private static final LaneLimits.Quota QUOTA = new LaneLimits.Quota(600L, 2_000_000L, null);
  private static final LaneLimits.Used USED = new LaneLimits.Used(10, 1_000, 2, 3);

  private static LaneLimits lane(
      String name, String condition, @Nullable String until, double granted) {
    return new LaneLimits(
        name, condition, "closed", until, null, QUOTA, granted, 400, USED, 4, 8, 10, 5, 7);
  }

  private static LimitsReport report(String instance, double share, LaneLimits... lanes) {
    return new LimitsReport("app", instance, share, List.of(), List.of(lanes));
  }

  @Test
  void useAddsUpAndTheQuotaIsThatOfAll() {
    // When
    List<LaneSum> sums =
        LaneSum.of(
            List.of(
                report("a", 0.5, lane("east", "running", null, 1)),
                report(
                    "b", 0.5, lane("east", "running", null, 1), lane("west", "running", null, 1))));

    // Then
    assertThat(sums).extracting(LaneSum::lane).containsExactly("east", "west");
    LaneSum east = sums.getFirst();
    assertThat(east.quota()).isEqualTo(QUOTA);
    assertThat(east.used()).isEqualTo(new LaneLimits.Used(20, 2_000, 4, 6));
    assertThat(east.open()).isEqualTo(8);
    assertThat(east.limit()).isEqualTo(16);
    assertThat(east.concurrency()).isEqualTo(20);
    assertThat(east.ready()).isEqualTo(10);
    assertThat(east.waiting()).isEqualTo(14);
    assertThat(east.setAside()).isEqualTo(800);
    assertThat(east.breakers()).isEqualTo(Map.of("closed", 2));
  }

  @Test
  void whatIsGrantedIsWeighedByTheShares() {
    // When
    LaneSum sum =
        LaneSum.of(
                List.of(
                    report("a", 0.75, lane("east", "running", null, 0.4)),
                    report("b", 0.25, lane("east", "running", null, 0.8)),
                    report("c", 0, lane("east", "running", null, 0.1))))
            .getFirst();

    // Then
    assertThat(sum.granted()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void theWorstConditionIsShownAndHowManySeeIt() {
    // When
    List<LaneSum> sums =
        LaneSum.of(
            List.of(
                report("a", 0.5, lane("east", "running", null, 1)),
                report("b", 0.25, lane("east", "throttled", "2026-01-01T00:00:09Z", 0.5)),
                report("c", 0.25, lane("east", "throttled", "2026-01-01T00:00:07Z", 0.5))));

    // Then
    assertThat(sums.getFirst().condition()).isEqualTo("throttled");
    assertThat(sums.getFirst().until()).contains("2026-01-01T00:00:07Z");
    assertThat(LimitsTable.lines(sums, 3).get(1))
        .contains("throttled (2 of 3)", "30 of 600", "3,000 of 2,000,000", "75 %", "6, 9");
    assertThat(LimitsTable.json(sums.getFirst(), 3))
        .contains("\"conditions\":{\"running\":1,\"throttled\":2}", "\"instances\":3");
  }

  @Test
  void aStoppedLaneSaysWhyAndWhenItIsTriedAgain() {
    // Given
    LaneLimits stopped =
        new LaneLimits(
            "east",
            "stopped",
            "closed",
            "2026-01-01T00:00:30Z",
            "access is denied",
            new LaneLimits.Quota(null, null, null),
            1,
            0,
            USED,
            0,
            10,
            10,
            0,
            0);

    // When
    List<String> lines = LimitsTable.lines(LaneSum.of(List.of(report("a", 1, stopped))), 1);

    // Then
    assertThat(lines.getLast())
        .isEqualTo("east is stopped: access is denied; tried again at 2026-01-01T00:00:30Z");
    assertThat(lines.get(1)).contains("stopped").doesNotContain("(1 of 1)").doesNotContain(" of 0");
  }
}
