/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import static io.streambed.cli.replay.Recordings.NOW;
import static io.streambed.cli.replay.Recordings.plan;
import static io.streambed.cli.replay.Recordings.prompt;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.cli.replay.Skip;
import io.streambed.cli.replay.Standing;
import io.streambed.cli.replay.Verdict;
import io.streambed.schemas.ReplayChanges;
import io.streambed.schemas.ReplayCounts;
import io.streambed.schemas.ReplayOnly;
import io.streambed.schemas.ReplayPlace;
import io.streambed.schemas.ReplayProgress;
import io.streambed.schemas.ReplayRun;
import io.streambed.schemas.ReplayState;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TallyTest {

  private final Standing begin =
      new Standing("r", Optional.empty(), Optional.empty(), Optional.empty())
          .and(
              ReplayRun.newBuilder()
                  .setRun("r")
                  .setPlan(plan(ReplayOnly.ALL, ReplayChanges.newBuilder().build()))
                  .build());

  @Test
  void everyOffsetOfTheRangeIsAccountedForOnce() {
    // Given: 0 to 4 deleted, 5 a request, 6 and 7 gone, 8 a tombstone, 9 to 99 empty
    Tally tally = new Tally(begin);

    // When
    tally.add(new Slice.Judged(new Item.Gap(0, 5, true), Optional.empty()));
    tally.add(request(5));
    tally.add(bad(8, Skip.TOMBSTONE));
    tally.add(new Slice.Judged(new Item.Gap(0, 100, false), Optional.empty()));

    // Then
    ReplayProgress progress = written(tally);
    ReplayCounts counts = progress.getCounts();
    assertThat(progress.getNext()).containsExactly(new ReplayPlace(0, 100L));
    assertThat(counts.getDeleted()).isEqualTo(5);
    assertThat(counts.getRead()).isEqualTo(2);
    assertThat(counts.getTombstones()).isEqualTo(1);
    assertThat(counts.getUnaffected()).isEqualTo(1);
    assertThat(counts.getMissing()).isEqualTo(2 + 91);
    assertThat(counts.getDeleted() + counts.getRead() + counts.getMissing()).isEqualTo(100);
  }

  @Test
  void whoGoesOnCountsOnFromWhereItIs() {
    // Given
    Tally first = new Tally(begin);
    first.add(request(0));
    first.add(request(3));

    // When
    Standing later =
        begin.and(ReplayRun.newBuilder().setRun("r").setProgress(written(first)).build());
    Tally second = new Tally(later);
    second.add(bad(4, Skip.UNREADABLE));

    // Then
    ReplayCounts counts = written(second).getCounts();
    assertThat(counts.getRead()).isEqualTo(3);
    assertThat(counts.getMissing()).isEqualTo(2);
    assertThat(counts.getUnreadable()).isEqualTo(1);
    assertThat(written(first).getCounts().getRead()).isEqualTo(2);
  }

  private static ReplayProgress written(Tally tally) {
    return tally.progress(ReplayState.RUNNING, new Open(Map.of(), 0), "w", NOW);
  }

  private static Slice.Judged request(long offset) {
    return new Slice.Judged(
        new Item.Request(prompt(offset, "q" + offset, "Why?", 10)),
        Optional.of(new Verdict.Skipped(Skip.UNAFFECTED, "not changed")));
  }

  private static Slice.Judged bad(long offset, Skip why) {
    Verdict.Skipped skipped = new Verdict.Skipped(why, "reason");
    return new Slice.Judged(new Item.Bad(0, offset + 1, skipped), Optional.of(skipped));
  }
}
