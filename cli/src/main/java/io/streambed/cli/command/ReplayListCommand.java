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
import io.streambed.cli.replay.Plans;
import io.streambed.cli.replay.Standing;
import io.streambed.cli.show.Table;
import io.streambed.schemas.ReplayPlan;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** List the runs and how far they are. */
@Command(
    name = "list",
    header = "List the runs and how far they are.",
    description = {"Reads the topic of runs. Those that are over stay in it."},
    exitCodeList = {
      ExitCode.OK_TEXT,
      "1:failed, such as by a run that does not exist",
      ExitCode.USAGE_TEXT,
      ExitCode.UNREACHABLE_TEXT
    })
final class ReplayListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ClusterOptions at;

  @Override
  public Integer call() throws IOException {
    Console console = Console.of(spec);
    Cluster cluster = at.cluster();
    try (RunReader runs = RunReader.open(cluster, KafkaAccess.to(cluster))) {
      Table table = new Table().row("RUN", "STATE", "TOPIC", "OFFSETS", "DONE", "ASKED", "COPIED");
      Map<String, Standing> all = Standing.of(runs.toEnd());
      if (all.isEmpty()) {
        console.note("no runs");
        return ExitCode.OK;
      }
      for (Standing one : all.values()) {
        table.row(
            one.run(),
            one.state().name(),
            one.plan().map(ReplayPlan::getTopic).orElse(""),
            "%,d".formatted(one.plan().map(it -> Plans.offsets(it.getRanges())).orElse(0L)),
            "%,d".formatted(one.done()),
            "%,d".formatted(one.counts().getSubmitted()),
            "%,d".formatted(one.counts().getCopied()));
      }
      table.lines().forEach(console::print);
    }
    return ExitCode.OK;
  }
}
