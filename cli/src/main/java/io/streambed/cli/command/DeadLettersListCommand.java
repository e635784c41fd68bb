/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.cluster.SettlementReader.Kind;
import io.streambed.cli.letters.Selection;
import io.streambed.cli.settlement.Settlement;
import io.streambed.cli.show.LetterJson;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists dead letters. */
@Command(
    name = "list",
    header = "List dead letters, the newest or as they come.",
    description = {
      "Reads with isolation.level=read_committed and joins no consumer group. With a choice of some, "
          + "all there are of these.",
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
      "  ./streambed dead-letters list --follow",
      "  ./streambed dead-letters list --kind provider,capacity --tenant acme --since 2h",
      "  ./streambed dead-letters list --from-beginning --json --payload > letters.jsonl"
    })
final class DeadLettersListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ReadOptions read;
  @Mixin private SelectionOptions which;

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
    Selection selection = which.selection(Instant.now());
    return new SettlementListing(
            at.cluster(),
            Console.of(spec),
            read,
            this::json,
            read.start(!selection.isAll()),
            read.most(!selection.isAll()),
            one -> one instanceof Settlement.Dead dead && selection.test(dead.value()))
        .print(Kind.DEAD_LETTERS, "no such dead letters");
  }

  private String json(Settlement settlement) {
    return settlement instanceof Settlement.Dead dead
        ? LetterJson.of(dead.value(), payload).toString()
        : "";
  }
}
