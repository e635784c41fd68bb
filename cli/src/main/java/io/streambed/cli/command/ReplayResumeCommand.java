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
import io.streambed.cli.replay.Unpriced;
import io.streambed.schemas.ReplayOrder;
import io.streambed.schemas.ReplayPlan;
import io.streambed.schemas.ReplayRun;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Goes on with a run. */
@Command(
    name = "resume",
    header = "Go on with a run, here, wherever it was before.",
    description = {
      "For a run that was paused, stopped at its most cost, or whose process has ended or was killed. "
          + "If another process is still at it, that one ends. Nothing is asked or paid for twice."
    },
    exitCodeList = {
      ExitCode.OK_TEXT,
      "1:failed, such as by a run that does not exist, or stopped at --max-cost",
      ExitCode.USAGE_TEXT,
      ExitCode.UNREACHABLE_TEXT,
      ExitCode.INTERRUPTED_TEXT
    })
final class ReplayResumeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String run = "";

  @Option(
      names = "--max-cost",
      paramLabel = "DOLLARS",
      description = "Most that the run may cost from its beginning on, in place of what it was.")
  private @Nullable BigDecimal maxCost;

  @Mixin private ClusterOptions at;

  @Override
  public Integer call() throws IOException {
    Console console = Console.of(spec);
    Cluster cluster = at.cluster();
    KafkaAccess kafka = KafkaAccess.to(cluster);
    Standing standing = withMaxCost(Runs.findOpen(cluster, kafka, run));
    ReplayPlan plan = standing.plan().orElseThrow();
    try (Replaying replaying =
        new Replaying(cluster, kafka, at.settings(), console, InstantSource.system())) {
      replaying.requireBounded(plan, Unpriced.aliases(standing));
      try (RunPublisher publisher = RunPublisher.open(cluster, kafka)) {
        if (maxCost != null) {
          publisher.plan(run, plan);
        }
        publisher.order(run, ReplayOrder.GO, Instant.now());
      }
      return replaying.run(standing);
    }
  }

  private Standing withMaxCost(Standing standing) {
    if (maxCost == null) {
      return standing;
    }
    ReplayPlan plan =
        ReplayPlan.newBuilder(standing.plan().orElseThrow())
            .setMaxCostPicoDollars(Dollars.picos("--max-cost", maxCost))
            .build();
    return standing.and(ReplayRun.newBuilder().setRun(run).setPlan(plan).build());
  }
}
