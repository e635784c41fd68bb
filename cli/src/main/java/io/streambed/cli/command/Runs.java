/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.cluster.RunPublisher;
import io.streambed.cli.cluster.RunReader;
import io.streambed.cli.replay.Standing;
import io.streambed.schemas.ReplayOrder;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/** Looks runs up, and gives them orders. */
final class Runs {
  private Runs() {}

  /**
   * What is known of a run that has a plan.
   *
   * @throws CommandFailedException if there is none of that name
   */
  static Standing find(Cluster cluster, KafkaAccess kafka, String run) {
    try (RunReader runs = RunReader.open(cluster, kafka)) {
      Map<String, Standing> all = Standing.of(runs.toEnd());
      Standing found = all.get(run);
      if (found == null || found.plan().isEmpty()) {
        throw CommandFailedException.failed(
            "there is no run '%s'; there %s"
                .formatted(
                    run, all.isEmpty() ? "are none" : "are " + String.join(", ", all.keySet())));
      }
      return found;
    }
  }

  /**
   * The same of a run that is not over.
   *
   * @throws CommandFailedException if there is none of that name, or if it is over
   */
  static Standing findOpen(Cluster cluster, KafkaAccess kafka, String run) {
    Standing standing = find(cluster, kafka, run);
    if (standing.isOver()) {
      throw CommandFailedException.failed("run %s is over: %s".formatted(run, standing.state()));
    }
    return standing;
  }

  /**
   * Orders something of whatever process makes a run.
   *
   * @throws CommandFailedException if there is none of that name, or if it is over
   */
  static void order(Cluster cluster, String run, ReplayOrder order) throws IOException {
    KafkaAccess kafka = KafkaAccess.to(cluster);
    findOpen(cluster, kafka, run);
    try (RunPublisher publisher = RunPublisher.open(cluster, kafka)) {
      publisher.order(run, order, Instant.now());
    }
  }
}
