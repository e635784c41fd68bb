/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.cli.cluster.SettlementReader.Kind;
import io.streambed.cli.settlement.Settlement;
import io.streambed.cli.show.AvroJson;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints dead letters. */
@Command(
    name = "dead-letters",
    header = "Print dead letters: what could not be answered, and why.",
    description = {
      "Each says what happened, who must act and what to do. Reads with "
          + "isolation.level=read_committed and joins no consumer group.",
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
      "  ./streambed dead-letters --follow",
      "  ./streambed dead-letters --from-beginning --json --payload > to-send-again.jsonl"
    })
final class DeadLettersCommand implements Callable<Integer> {
  private static final List<String> PAYLOAD = List.of("originalValue", "originalKey");

  @Spec private CommandSpec spec;
  @Mixin private ReadOptions read;

  @Option(
      names = "--payload",
      description = "With --json, also the original record: value, key and headers, in Base64.")
  private boolean payload;

  @Mixin private ClusterOptions at;

  @Override
  public Integer call() throws NoSuchFileException {
    if (payload && !read.json) {
      throw CommandFailedException.usage("--payload goes with --json");
    }
    return new SettlementListing(at.cluster(), Console.of(spec), read, this::json)
        .print(Kind.DEAD_LETTERS, "no dead letters");
  }

  private String json(Settlement settlement) {
    ObjectNode letter = AvroJson.of(settlement.value());
    if (!payload) {
      letter.remove(PAYLOAD);
      for (JsonNode header : letter.path("originalHeaders")) {
        ((ObjectNode) header).remove("value");
      }
    }
    return letter.toString();
  }
}
