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

/** Have a run ask nothing more at all. */
@Command(
    name = "cancel",
    header = "Have a run ask nothing more at all.",
    description = {
      "What it has asked already is settled by the platform: it may be paid for. What it brought stays in its topics."
    },
    exitCodeList = {
      ExitCode.OK_TEXT,
      "1:failed, such as by a run that does not exist",
      ExitCode.USAGE_TEXT,
      ExitCode.UNREACHABLE_TEXT
    })
final class ReplayCancelCommand implements Callable<Integer> {
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
      publisher.order(run, ReplayOrder.CANCEL, Instant.now());
    }
    console.print(
        "run "
            + run
            + " is to be cancelled; what it brought is compared by: ./streambed compare "
            + run);
    return ExitCode.OK;
  }
}
