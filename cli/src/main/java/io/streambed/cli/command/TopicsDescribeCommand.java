/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.cluster.TopicAdmin;
import io.streambed.cli.show.Table;
import io.streambed.schemas.topics.TopicCheck;
import io.streambed.schemas.topics.TopicState;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Describes the topics. */
@Command(
    name = "describe",
    header = "Describe the topics, and say whether the platform could start with them.",
    exitCodeList = {
      "0:everything is there",
      "1:a topic is missing or unfit; what to do is told",
      ExitCode.USAGE_TEXT,
      ExitCode.UNREACHABLE_TEXT
    })
final class TopicsDescribeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions at;

  @Override
  public Integer call() throws NoSuchFileException {
    Console console = Console.of(spec);
    try (TopicAdmin topics = TopicAdmin.to(at.cluster())) {
      Table table = new Table();
      table.row("TOPIC", "PARTITIONS", "COPIES", "LARGEST RECORD", "KEYED BY", "HOLDS");
      for (TopicState state : topics.describe()) {
        table.row(cells(state));
      }
      table.lines().forEach(console::print);
      TopicCheck check = topics.check(at.jobPartitions());
      check.problems().forEach(problem -> console.err().println(console.colour().bad(problem)));
      console.err().flush();
      return check.passed() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private static String[] cells(TopicState state) {
    String key = state.spec().key();
    String holds = state.spec().holds();
    return switch (state) {
      case TopicState.Missing missing ->
          new String[] {missing.spec().name(), "missing", "-", "-", key, holds};
      case TopicState.Present present ->
          new String[] {
            present.spec().name(),
            Integer.toString(present.partitions()),
            Integer.toString(present.replication()),
            present.maxMessageBytes() / 1024 + " KiB",
            key,
            holds
          };
    };
  }
}
