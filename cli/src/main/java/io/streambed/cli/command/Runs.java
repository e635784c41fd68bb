/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.cluster.RunReader;
import io.streambed.cli.replay.Standing;
import java.util.Map;

/** Looks runs up. */
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
}
