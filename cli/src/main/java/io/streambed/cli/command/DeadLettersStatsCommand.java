/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.cluster.RedriveLog;
import io.streambed.cli.cluster.SettlementReader;
import io.streambed.cli.cluster.SettlementReader.Kind;
import io.streambed.cli.cluster.Start;
import io.streambed.cli.letters.Groups;
import io.streambed.cli.letters.Groups.By;
import io.streambed.cli.letters.Selection;
import io.streambed.cli.settlement.Settlement;
import io.streambed.cli.show.Money;
import io.streambed.cli.show.Snippet;
import io.streambed.cli.show.Table;
import io.streambed.processors.redrive.Ledger;
import io.streambed.processors.redrive.RequestPlace;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Adds dead letters up. */
@Command(
    name = "stats",
    header = "Count dead letters and the money spent on them, by group.",
    description = {
      "As far back as the topic reaches. Reads with isolation.level=read_committed and joins no "
          + "consumer group.",
    },
    exitCodeList = {
      ExitCode.OK_TEXT,
      "1:failed, such as by a topic that is missing",
      ExitCode.USAGE_TEXT,
      ExitCode.UNREACHABLE_TEXT
    },
    footer = {
      "",
      "Columns:",
      "  OPEN      those with which nothing was done",
      "  REDRIVEN  those whose request was published again",
      "  PARKED    those whose request was redriven as often as it may be",
      "  SPENT     money of the attempts that failed",
      "",
      "Examples:",
      "  ./streambed dead-letters stats",
      "  ./streambed dead-letters stats --by day,tenant --kind provider --json"
    })
final class DeadLettersStatsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--by",
      split = ",",
      paramLabel = "WHAT",
      defaultValue = "code,kind",
      description =
          "What sums are kept apart by: ${COMPLETION-CANDIDATES}, with commas between. "
              + "Default: ${DEFAULT-VALUE}.")
  private List<By> by = new ArrayList<>();

  @Option(names = "--json", description = "Print each sum as a JSON object on a line, exact.")
  private boolean json;

  @Mixin private SelectionOptions which;
  @Mixin private ClusterOptions at;

  @Override
  public Integer call() throws NoSuchFileException {
    Console console = Console.of(spec);
    Selection selection = which.selection(Instant.now());
    Cluster cluster = at.cluster();
    KafkaAccess kafka = KafkaAccess.to(cluster);
    Ledger ledger = new Ledger();
    RedriveLog.read(cluster, kafka, ledger::note);
    Groups groups = new Groups(by);
    try (SettlementReader reader =
        SettlementReader.open(
            cluster, kafka, EnumSet.of(Kind.DEAD_LETTERS), Start.from(selection.from()))) {
      reader.toEnd(one -> {
        if (one instanceof Settlement.Dead dead && selection.test(dead.value())) {
          groups.add(dead.value(), ledger.stateOf(RequestPlace.of(dead.value())));
        }
      });
    }
    if (groups.rows().isEmpty()) {
      console.note("no such dead letters");
    } else if (json) {
      groups.rows().forEach(row -> console.print(asJson(row).toString()));
    } else {
      table(groups).lines().forEach(console::print);
    }
    return ExitCode.OK;
  }

  private Table table(Groups groups) {
    List<String> heading = new ArrayList<>(by.stream().map(By::name).toList());
    heading.addAll(List.of("DEAD LETTERS", "OPEN", "REDRIVEN", "PARKED", "SPENT"));
    Table table = new Table().row(heading.toArray(String[]::new));
    groups.rows().forEach(row -> table.row(cells(row.key(), row.sum())));
    if (groups.rows().size() > 1) {
      List<String> all = new ArrayList<>();
      by.forEach(one -> all.add(all.isEmpty() ? "all" : ""));
      table.row(cells(all, groups.total()));
    }
    return table;
  }

  private static String[] cells(List<String> key, Groups.Sum sum) {
    List<String> cells = new ArrayList<>();
    key.forEach(word -> cells.add(Snippet.of(word, 60)));
    for (long number : new long[] {sum.letters(), sum.open(), sum.redriven(), sum.parked()}) {
      cells.add(String.format(Locale.ROOT, "%,d", number));
    }
    cells.add(Money.dollars(sum.spent()));
    return cells.toArray(String[]::new);
  }

  private ObjectNode asJson(Groups.Row row) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < by.size(); i++) {
      node.put(by.get(i).name().toLowerCase(Locale.ROOT), row.key().get(i));
    }
    return node.put("deadLetters", row.sum().letters())
        .put("open", row.sum().open())
        .put("redriven", row.sum().redriven())
        .put("parked", row.sum().parked())
        .put("spentPicoDollars", row.sum().spent());
  }
}
