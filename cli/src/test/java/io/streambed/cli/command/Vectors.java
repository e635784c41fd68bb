/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.cluster.SettlementReader;
import io.streambed.cli.cluster.SettlementReader.Kind;
import io.streambed.cli.cluster.Start;
import io.streambed.cli.harness.PlatformHarness;
import io.streambed.cli.settlement.Settlement;
import io.streambed.schemas.topics.Topics;
import java.util.EnumSet;
import java.util.List;

/** Vectors in a topic of a run. */
final class Vectors {
  private Vectors() {}

  /** How many numbers each vector has. */
  static List<Integer> dimensions(PlatformHarness harness, String topic) {
    Cluster live = harness.stack().cluster();
    Topics names = live.topics();
    Cluster run =
        new Cluster(
            live.bootstrapServers(),
            live.registry(),
            live.naming(),
            live.autoRegister(),
            new Topics(
                names.promptRequests(),
                names.embeddingRequests(),
                names.promptResults(),
                topic,
                names.deadLetters(),
                names.usageEvents(),
                names.control(),
                names.budgetEvents(),
                names.jobsHeld(),
                names.movedCalls(),
                names.redrives(),
                names.replayRequests(),
                names.replayRuns()),
            live.kafka());
    try (SettlementReader reader =
        SettlementReader.open(
            run, KafkaAccess.to(run), EnumSet.of(Kind.EMBEDDINGS), new Start.Beginning())) {
      return reader.toEnd().stream()
          .map(it -> ((Settlement.Embedded) it).value().getVector().size())
          .toList();
    }
  }
}
