/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.cluster.SettlementReader.Kind;
import io.streambed.cli.show.AvroJson;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints results. */
@Command(
    name = "results",
    header = "Print results, the newest or as they come.",
    description = {
      "Reads with isolation.level=read_committed, as every reader of these topics must: only then is "
          + "each settlement seen exactly once. Joins no consumer group.",
    },
    exitCodeList = {
      ExitCode.OK_TEXT,
      "1:failed, such as by a topic that is missing",
      ExitCode.USAGE_TEXT,
      ExitCode.UNREACHABLE_TEXT,
      ExitCode.INTERRUPTED_TEXT
    },
    footer = {
      "",
      "Examples:",
      "  ./streambed results --follow",
      "  ./streambed results --id question-17 --json"
    })
final class ResultsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ReadOptions read;

  @Option(names = "--embeddings", description = "Results of texts instead of prompts.")
  private boolean embeddings;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Only the request of this id, wherever it is in the topic. May be repeated.")
  private List<String> ids = new ArrayList<>();

  @Mixin private ClusterOptions at;

  @Override
  public Integer call() throws NoSuchFileException {
    return new SettlementListing(
            at.cluster(),
            Console.of(spec),
            read,
            one -> AvroJson.of(one.value()).toString(),
            read.start(!ids.isEmpty()),
            read.most(!ids.isEmpty()),
            one -> ids.isEmpty() || ids.contains(one.id()))
        .print(
            embeddings ? Kind.EMBEDDINGS : Kind.PROMPTS,
            "no such result yet; --follow waits for the next");
  }
}
