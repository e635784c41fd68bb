/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.cluster.TopicAdmin;
import io.streambed.cli.show.Table;
import io.streambed.schemas.topics.TopicCreation;
import io.streambed.schemas.topics.TopicLayout;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Creates the topics that are missing. */
@Command(
    name = "create",
    header = "Create the topics that are missing.",
    description = {
      "Creates the topics of requests, results, dead letters, usage and held jobs with the sizes and "
          + "retention that the platform needs. A topic that exists is left as it is."
    },
    exitCodeList = {
      ExitCode.OK_TEXT,
      "1:failed: Kafka refused a topic",
      ExitCode.USAGE_TEXT,
      ExitCode.UNREACHABLE_TEXT
    })
final class TopicsCreateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "6",
      description =
          "Partitions of a topic; they bound how many instances can share the work. Default: ${DEFAULT-VALUE}.")
  private int partitions;

  @Option(
      names = "--replication",
      paramLabel = "N",
      description = "Copies of a partition. Default: 3, or as many as there are brokers.")
  private @Nullable Short replication;

  @Option(names = "--dry-run", description = "Check with Kafka and tell, but create nothing.")
  private boolean dryRun;

  @Mixin private ClusterOptions at;

  @Override
  public Integer call() throws NoSuchFileException {
    Console console = Console.of(spec);
    try (TopicAdmin topics = TopicAdmin.to(at.cluster())) {
      TopicLayout layout =
          new TopicLayout(
              partitions,
              at.jobPartitions(),
              replication == null ? topics.usualReplication() : replication);
      Table table = new Table();
      for (TopicCreation topic : topics.create(layout, dryRun)) {
        switch (topic) {
          case TopicCreation.Created created ->
              table.row(
                  created.name(),
                  dryRun ? "would be created" : "created",
                  "%d partitions, replication %d"
                      .formatted(created.partitions(), created.replication()));
          case TopicCreation.Existed existed ->
              table.row(existed.name(), "exists", "left as it is");
        }
      }
      table.lines().forEach(console::print);
      return ExitCode.OK;
    } catch (IllegalArgumentException e) {
      throw CommandFailedException.usage(String.valueOf(e.getMessage()));
    }
  }
}
