/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.replay.Earlier;
import io.streambed.cli.replay.Estimate;
import io.streambed.cli.replay.Judge;
import io.streambed.cli.replay.Standing;
import io.streambed.cli.replay.Verdict;
import io.streambed.schemas.ReplayPlan;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Looks at everything that a plan covers, and does nothing. */
public final class Survey {

  private static final long STEP = 100_000;

  private Survey() {}

  /**
   * Adds all of a plan to an estimate.
   *
   * @param now when it would be asked
   * @param progress told now and then how many records were looked at
   */
  public static void of(
      Cluster cluster,
      KafkaAccess kafka,
      ReplayPlan plan,
      Judge judge,
      Earlier earlier,
      Instant now,
      Estimate estimate,
      LongConsumer progress) {
    Tally tally =
        new Tally(new Standing("", Optional.of(plan), Optional.empty(), Optional.empty()));
    try (RecordedReader reader = RecordedReader.open(cluster, kafka, plan, Map.of())) {
      while (!reader.isAtEnd()) {
        for (Item item : reader.poll()) {
          Optional<Verdict> verdict = verdict(item, judge, now);
          tally.add(new Slice.Judged(item, verdict));
          verdict.ifPresent(it -> {
            estimate.add(it, earlier);
            if (estimate.read() % STEP == 0) {
              progress.accept(estimate.read());
            }
          });
        }
      }
    }
    estimate.holes(tally.counts().getDeleted(), tally.counts().getMissing());
  }

  private static Optional<Verdict> verdict(Item item, Judge judge, Instant now) {
    return switch (item) {
      case Item.Request request -> Optional.of(judge.of(request.recorded(), now));
      case Item.Bad bad -> Optional.of(bad.skipped());
      case Item.Gap gap -> Optional.empty();
    };
  }
}
