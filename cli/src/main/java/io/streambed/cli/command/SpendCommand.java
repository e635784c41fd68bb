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
import io.streambed.cli.cluster.SettlementReader;
import io.streambed.cli.cluster.SettlementReader.Kind;
import io.streambed.cli.cluster.Start;
import io.streambed.cli.cluster.UsageReader;
import io.streambed.cli.request.PointInTime;
import io.streambed.cli.settlement.Settlement;
import io.streambed.cli.show.Money;
import io.streambed.cli.show.Table;
import io.streambed.cli.spend.Spending;
import io.streambed.cli.spend.Spending.By;
import io.streambed.cli.spend.Sum;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what was spent. */
@Command(
    name = "spend",
    header = "Add up what was spent, by tenant, model, lane, tier or day.",
    description = {
      "Reads the topic of usage events, one for each call, and for what was saved the topics of "
          + "results, as far back as they reach. Reads with isolation.level=read_committed and joins "
          + "no consumer group.",
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
      "  SPENT       money of the calls whose end is known",
      "  AT MOST     the most that calls can have cost beyond that whose end was lost",
      "  CACHED      answers that were kept, and SAVED, what their calls had cost",
      "  COALESCED   answers shared by equal requests in flight, and SAVED, what their calls cost",
      "  PROMPT CACHE SAVED",
      "              the discount of what was read from the models' own cache, less what writing to it",
      "              cost more; below zero where that was more",
      "",
      "Examples:",
      "  ./streambed spend",
      "  ./streambed spend --by day,tenant --from 7d",
      "  ./streambed spend --by lane --tenant acme --json"
    })
final class SpendCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--by",
      split = ",",
      paramLabel = "WHAT",
      defaultValue = "tenant,model",
      description =
          "What sums are kept apart by: ${COMPLETION-CANDIDATES}, with commas between. "
              + "Default: ${DEFAULT-VALUE}.")
  private List<By> by = new ArrayList<>();

  @Option(names = "--tenant", paramLabel = "NAME", description = "Only of this tenant.")
  private @Nullable String tenant;

  @Option(
      names = "--from",
      paramLabel = "WHEN",
      description = "From this time on: such as 2026-11-20T00:00:00Z, or how long ago, such as 7d.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "WHEN", description = "Before this time.")
  private @Nullable String to;

  @Option(
      names = "--no-saved",
      description =
          "Leave out what answers without a call saved, and do not read the results, which are larger.")
  private boolean noSaved;

  @Option(names = "--json", description = "Print each sum as a JSON object on a line, exact.")
  private boolean json;

  @Mixin private ClusterOptions at;

  @Override
  public Integer call() throws NoSuchFileException {
    Console console = Console.of(spec);
    Instant now = Instant.now();
    Instant begin = time("--from", from, now, Instant.MIN);
    Instant end = time("--to", to, now, Instant.MAX);
    Spending spending = new Spending(by);
    read(at.cluster(), console, spending, begin, end);
    if (spending.rows().isEmpty()) {
      console.note("nothing was spent, as far as the topic of usage events reaches");
    } else if (json) {
      spending.rows().forEach(row -> console.print(asJson(row).toString()));
    } else {
      table(spending).lines().forEach(console::print);
      warn(console, spending);
    }
    return ExitCode.OK;
  }

  private Instant time(String option, @Nullable String text, Instant now, Instant preset) {
    if (text == null) {
      return preset;
    }
    return PointInTime.duration(text)
        .map(ago -> now.minus(ago.abs()))
        .or(() -> PointInTime.parse(text, now))
        .orElseThrow(() ->
            CommandFailedException.usage(
                option
                    + ": give a time such as 2026-11-20T12:00:00Z, or how long ago, such as 7d"));
  }

  private void read(
      Cluster cluster, Console console, Spending spending, Instant begin, Instant end) {
    Start start = begin.equals(Instant.MIN) ? new Start.Beginning() : new Start.Since(begin);
    KafkaAccess kafka = KafkaAccess.to(cluster);
    Progress progress = new Progress(console);
    Predicate<Instant> inTime = time -> !time.isBefore(begin) && time.isBefore(end);
    try (UsageReader usage = UsageReader.open(cluster, kafka, start)) {
      usage.toEnd(event -> {
        progress.one("usage events");
        if (inTime.test(event.getSettledAt()) && isWanted(event.getTenant())) {
          spending.add(event);
        }
      });
    }
    if (noSaved) {
      return;
    }
    EnumSet<Kind> results = EnumSet.of(Kind.PROMPTS, Kind.EMBEDDINGS);
    try (SettlementReader reader = SettlementReader.open(cluster, kafka, results, start)) {
      reader.toEnd(settlement -> {
        progress.one("results");
        if (inTime.test(settlement.settledAt()) && isWanted(settlement.tenant().orElse(""))) {
          switch (settlement) {
            case Settlement.Answered answered -> spending.add(answered.value());
            case Settlement.Embedded embedded -> spending.add(embedded.value());
            case Settlement.Dead dead -> {}
          }
        }
      });
    }
  }

  private boolean isWanted(String name) {
    return tenant == null || tenant.equals(name);
  }

  private Table table(Spending spending) {
    List<String> heading = new ArrayList<>(by.stream().map(By::name).toList());
    heading.addAll(
        List.of(
            "CALLS",
            "UNPRICED",
            "TOKENS IN",
            "OUT",
            "CACHE READ",
            "WRITTEN",
            "SPENT",
            "AT MOST",
            "PROMPT CACHE SAVED"));
    if (!noSaved) {
      heading.addAll(List.of("CACHED", "SAVED", "COALESCED", "SAVED"));
    }
    Table table = new Table().row(heading.toArray(String[]::new));
    spending.rows().forEach(row -> table.row(cells(row.key(), row.sum())));
    if (spending.rows().size() > 1) {
      List<String> all = new ArrayList<>();
      by.forEach(one -> all.add(all.isEmpty() ? "all" : ""));
      table.row(cells(all, spending.total()));
    }
    return table;
  }

  private String[] cells(List<String> key, Sum sum) {
    List<String> cells = new ArrayList<>(key);
    cells.add(number(sum.calls()));
    cells.add(sum.unpriced() == 0 ? "" : number(sum.unpriced()));
    cells.add(number(sum.inputTokens()));
    cells.add(number(sum.outputTokens()));
    cells.add(number(sum.cacheReadTokens()));
    cells.add(number(sum.cacheWriteTokens()));
    cells.add(Money.dollars(sum.spent()));
    cells.add(sum.atMost() == 0 ? "" : "+" + Money.dollars(sum.atMost()));
    cells.add(Money.dollars(sum.savedByPromptCache()));
    if (!noSaved) {
      cells.add(number(sum.cached()));
      cells.add(Money.dollars(sum.savedByCache()));
      cells.add(number(sum.coalesced()));
      cells.add(Money.dollars(sum.savedByCoalescing()));
    }
    return cells.toArray(String[]::new);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static void warn(Console console, Spending spending) {
    if (!spending.unpriced().isEmpty()) {
      console.note(
          number(spending.total().unpriced())
              + " calls are without a price, and not in the money: give one in prices.file for "
              + String.join(", ", spending.unpriced()));
    }
  }

  private ObjectNode asJson(Spending.Row row) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < by.size(); i++) {
      node.put(by.get(i).name().toLowerCase(Locale.ROOT), row.key().get(i));
    }
    Sum sum = row.sum();
    node.put("calls", sum.calls())
        .put("unpricedCalls", sum.unpriced())
        .put("inputTokens", sum.inputTokens())
        .put("outputTokens", sum.outputTokens())
        .put("cacheReadInputTokens", sum.cacheReadTokens())
        .put("cacheWriteInputTokens", sum.cacheWriteTokens())
        .put("spentPicoDollars", sum.spent())
        .put("possiblyBilledPicoDollars", sum.atMost())
        .put("savedByPromptCachePicoDollars", sum.savedByPromptCache());
    if (!noSaved) {
      node.put("cachedAnswers", sum.cached())
          .put("savedByCachePicoDollars", sum.savedByCache())
          .put("coalescedAnswers", sum.coalesced())
          .put("savedByCoalescingPicoDollars", sum.savedByCoalescing());
    }
    return node;
  }

  /** Says now and then how much was read. */
  private static final class Progress {
    private static final int STEP = 100_000;

    private final Console console;
    private long read;

    Progress(Console console) {
      this.console = console;
    }

    void one(String what) {
      if (++read % STEP == 0) {
        console.note("read " + number(read) + " records, now " + what + " ...");
      }
    }
  }
}
