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
import io.streambed.cli.replay.Standing;
import io.streambed.schemas.ReplayOrder;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Have a run ask nothing more for now. */
@Command(
    name = "pause",
    header = "Have a run ask nothing more for now.",
    description = {
      "The process that makes it waits for what is open, and ends. `replay resume` goes on with it."
    },
    exitCodeList = {
      ExitCode.OK_TEXT,
      "1:failed, such as by a run that does not exist",
      ExitCode.USAGE_TEXT,
      ExitCode.UNREACHABLE_TEXT
    })
final class ReplayPauseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @picocli.CommandLine.Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String run = "";

  @Mixin private ClusterOptions at;

  @Override
  public Integer call() throws IOException {
    Console console = Console.of(spec);
    Cluster cluster = at.cluster();
    KafkaAccess kafka = KafkaAccess.to(cluster);
    Standing standing = Runs.find(cluster, kafka, run);
    if (standing.isOver()) {
      throw CommandFailedException.failed("run %s is over: %s".formatted(run, standing.state()));
    }
    try (RunPublisher publisher = RunPublisher.open(cluster, kafka)) {
      publisher.order(run, ReplayOrder.PAUSE, Instant.now());
    }
    console.print("run " + run + " is to be paused; go on with: ./streambed replay resume " + run);
    return ExitCode.OK;
  }
}
