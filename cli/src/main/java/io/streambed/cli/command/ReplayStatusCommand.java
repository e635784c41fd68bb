/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.replay.Plans;
import io.streambed.cli.replay.Standing;
import io.streambed.cli.rerun.Outputs;
import io.streambed.cli.show.AvroJson;
import io.streambed.cli.show.Money;
import io.streambed.cli.show.RunLine;
import io.streambed.cli.show.Table;
import io.streambed.schemas.ReplayCounts;
import io.streambed.schemas.ReplayPlan;
import io.streambed.schemas.ReplayState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Show how far a run is, and what was left out and why. */
@Command(
    name = "status",
    header = "Show how far a run is, and what was left out and why.",
    description = {"Reads the topic of runs and what the run has brought so far."},
    exitCodeList = {
      ExitCode.OK_TEXT,
      "1:failed, such as by a run that does not exist",
      ExitCode.USAGE_TEXT,
      ExitCode.UNREACHABLE_TEXT
    })
final class ReplayStatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @picocli.CommandLine.Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String run = "";

  @Option(names = "--json", description = "Print it as a JSON object.")
  private boolean json;

  @Mixin private ClusterOptions at;

  @Override
  public Integer call() throws IOException {
    Console console = Console.of(spec);
    Cluster cluster = at.cluster();
    KafkaAccess kafka = KafkaAccess.to(cluster);
    Standing standing = Runs.find(cluster, kafka, run);
    ReplayPlan plan = standing.plan().orElseThrow();
    long[] settled = new long[2];
    try (Outputs outputs = Outputs.open(cluster, kafka, run, plan, false)) {
      outputs.toEnd(output -> {
        settled[0]++;
        settled[1] += output.settlement().costPicoDollars();
      });
    }
    ReplayCounts counts = standing.counts();
    Optional<Duration> left = standing.left(Instant.now());
    if (json) {
      ObjectNode made = AvroJson.of(counts);
      made.put("run", run)
          .put("state", standing.state().name())
          .put("offsets", Plans.offsets(plan.getRanges()))
          .put("done", standing.done())
          .put("settled", settled[0])
          .put("spentPicoDollars", settled[1])
          .put("results", plan.getResults())
          .put("deadLetters", plan.getDeadLetters());
      left.ifPresent(it -> made.put("secondsLeft", it.toSeconds()));
      console.print(made.toString());
      return ExitCode.OK;
    }
    Table table = new Table();
    table.row("STATE", standing.state().name());
    table.row("OFFSETS", "%,d of %,d".formatted(standing.done(), Plans.offsets(plan.getRanges())));
    if (standing.state() == ReplayState.RUNNING) {
      table.row("TIME LEFT", left.map(ReplayStatusCommand::words).orElse("unknown"));
    }
    table.row("ASKED", "%,d, of which %,d settled".formatted(counts.getSubmitted(), settled[0]));
    table.row("COPIED", "%,d".formatted(counts.getCopied()));
    table.row("SPENT", Money.dollars(settled[1]));
    table.row("LEFT OUT", RunLine.skipped(counts).isEmpty() ? "nothing" : RunLine.skipped(counts));
    table.row("RESULTS", plan.getResults());
    table.row("DEAD LETTERS", plan.getDeadLetters());
    table.lines().forEach(console::print);
    return ExitCode.OK;
  }

  private static String words(Duration left) {
    return left.isZero() ? "waiting for the last" : "about " + RunLine.time(left);
  }
}
