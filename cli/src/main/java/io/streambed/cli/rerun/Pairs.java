/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.compare.Pair;
import io.streambed.cli.compare.Side;
import io.streambed.cli.replay.Standing;
import io.streambed.cli.settlement.Settlement;
import io.streambed.schemas.ReplayPlan;
import io.streambed.schemas.replay.Place;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Puts what a run has brought beside what there was before. */
public final class Pairs {
  private Pairs() {}

  /**
   * Hands on every request of a run that is settled, with how it was settled before the run.
   *
   * @param progress told now and then how many earlier records were read
   */
  public static void of(
      Cluster cluster,
      KafkaAccess kafka,
      Standing standing,
      LongConsumer progress,
      Consumer<Pair> taker) {
    ReplayPlan plan = standing.plan().orElseThrow();
    try (EarlierIndex earlier =
            EarlierIndex.read(cluster, kafka, plan, plan.getPlannedAt(), progress);
        Outputs outputs = Outputs.open(cluster, kafka, standing.run(), plan, true)) {
      outputs.toEnd(output -> taker.accept(pair(output, earlier)));
    }
  }

  private static Pair pair(Outputs.Output output, EarlierIndex earlier) {
    Settlement after = output.settlement();
    Optional<Side> before = before(output.source(), after, earlier).map(Side::of);
    Pair pair =
        new Pair(
            output.source(),
            after.id(),
            after.tenant().orElse(""),
            before,
            Side.of(after),
            output.copied(),
            OptionalDouble.empty());
    OptionalDouble distance = pair.ofVectors();
    return distance.isPresent() ? pair.at(distance.getAsDouble()) : pair;
  }

  /** A result counts before a dead letter: who failed was often asked again and answered. */
  private static Optional<Settlement> before(Place source, Settlement after, EarlierIndex earlier) {
    return earlier
        .result(after.tenant().orElse(""), after.id())
        .or(() -> earlier.deadLetter(source).map(Settlement.Dead::new));
  }
}
