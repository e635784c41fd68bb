/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.cli.rerun.Report;
import io.streambed.schemas.ReplayCounts;
import io.streambed.schemas.ReplayProgress;
import io.streambed.schemas.ReplayState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunLineTest {

  @Test
  void itSaysHowFarARunIsAndHowLongItWillTake() {
    assertThat(RunLine.of(report(400, 7, Optional.of(Duration.ofSeconds(90)))).getFirst())
        .contains("400 of 1,000 offsets")
        .contains("50 asked, 43 of them settled, 340 copied")
        .endsWith("about 90 s left");
    assertThat(RunLine.of(report(0, 0, Optional.empty())).getFirst()).endsWith("time left unknown");
  }

  @Test
  void atTheEndItSaysWhetherSomethingIsOpen() {
    assertThat(RunLine.of(report(1_000, 2, Optional.of(Duration.ZERO))).getFirst())
        .endsWith("waiting for the last");
    assertThat(RunLine.of(report(1_000, 0, Optional.of(Duration.ZERO))).getFirst())
        .endsWith("nothing is open");
  }

  @Test
  void whatWasLeftOutIsToldByReason() {
    assertThat(RunLine.of(report(400, 7, Optional.empty())).getLast())
        .isEqualTo("left out: 3 unreadable, 2 without a value, 4 offsets deleted before");
  }

  private static Report report(long done, long open, Optional<Duration> left) {
    ReplayCounts counts =
        ReplayCounts.newBuilder()
            .setSubmitted(50)
            .setCopied(340)
            .setUnreadable(3)
            .setTombstones(2)
            .setDeleted(4)
            .build();
    ReplayProgress progress =
        ReplayProgress.newBuilder()
            .setNext(List.of())
            .setCounts(counts)
            .setState(ReplayState.RUNNING)
            .setSubmittedByModel(Map.of())
            .setBoundPicoDollars(0)
            .setWriter("w")
            .setWrittenAt(Instant.EPOCH)
            .build();
    return new Report(progress, 1_000, done, 50 - open, open, 0, left);
  }
}
