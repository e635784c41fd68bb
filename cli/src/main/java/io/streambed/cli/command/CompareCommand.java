/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.compare.Pair;
import io.streambed.cli.compare.Totals;
import io.streambed.cli.compare.Verdict;
import io.streambed.cli.replay.Standing;
import io.streambed.cli.rerun.Distances;
import io.streambed.cli.rerun.Pairs;
import io.streambed.cli.show.ComparisonPage;
import io.streambed.cli.show.ComparisonTable;
import io.streambed.processors.config.StreambedConfig;
import io.streambed.processors.model.ModelAlias;
import io.streambed.schemas.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares what a run has brought with what there was before. */
@Command(
    name = "compare",
    header = "Compare what a run of `replay` has brought with what there was before.",
    description = {
      "Every request of the run that is settled, beside how it was settled before the run: whether the "
          + "answer is the same, tokens, money, time, why the model stopped, and dead letters. Money is what "
          + "the calls cost that made the answers, whoever paid for them. A request's tenant and id say "
          + "which earlier result is its own. Reads with isolation.level=read_committed and joins no "
          + "consumer group."
    },
    exitCodeList = {
      ExitCode.OK_TEXT,
      "1:failed, such as by a run that does not exist",
      ExitCode.USAGE_TEXT,
      ExitCode.UNREACHABLE_TEXT
    },
    footer = {
      "",
      "Answers:",
      "  EQUAL    the same, word for word or number for number",
      "  CHANGED  another one",
      "  MENDED   an answer in place of a dead letter",
      "  BROKEN   a dead letter in place of an answer",
      "  FAILED   a dead letter both times",
      "  NEW      there is no earlier settlement",
      "",
      "Examples:",
      "  ./streambed compare outage",
      "  ./streambed compare outage --html outage.html",
      "  ./streambed compare outage --distance titan-embed",
      "  ./streambed compare outage --json > outage.jsonl"
    })
final class CompareCommand implements Callable<Integer> {
  /** For vectors of answers: as background work they wait for all else. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String run = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Most requests to show one by one, those first that differ; the sum is of all. Default: ${DEFAULT-VALUE}.")
  private int limit = 20;

  @Option(
      names = "--json",
      description = "Print every request as a JSON object on a line, and the sum on the last.")
  private boolean json;

  @Option(names = "--payload", description = "With --json, also the texts of the answers.")
  private boolean payload;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with charts, which needs no other file.")
  private @Nullable Path html;

  @Option(
      names = "--distance",
      paramLabel = "ALIAS",
      description =
          "Have this model embed the answers that have changed, old and new, the first --distance-limit of "
              + "them, and tell how far apart they are: 0 for one meaning, 1 for nothing in common. "
              + "It is paid for once; what fails, or comes too late, is asked for again by the next compare. "
              + "Vectors of texts are compared without.")
  private @Nullable String distance;

  @Option(
      names = "--distance-limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Most answers whose distance is asked for. Default: ${DEFAULT-VALUE}.")
  private int distanceLimit = 1_000;

  @Mixin private ClusterOptions at;

  @Override
  public Integer call() throws IOException {
    if (payload && !json) {
      throw CommandFailedException.usage("--payload goes with --json");
    }
    if (limit < 0) {
      throw CommandFailedException.usage("--limit: give 0 or more, not " + limit);
    }
    Console console = Console.of(spec);
    Cluster cluster = at.cluster();
    KafkaAccess kafka = KafkaAccess.to(cluster);
    Standing standing = Runs.find(cluster, kafka, run);
    Totals totals = new Totals();
    List<Pair> differing = new ArrayList<>();
    List<Pair> others = new ArrayList<>();
    List<Pair> moved = new ArrayList<>();
    Consumer<Pair> taker =
        pair -> {
          totals.add(pair);
          List<Pair> shown = pair.verdict() == Verdict.EQUAL ? others : differing;
          if (shown.size() < limit) {
            shown.add(pair);
          }
          if (json) {
            console.print(ComparisonTable.json(pair, payload).toString());
          }
        };
    Consumer<Pair> first =
        pair -> {
          boolean wanted =
              distance != null && pair.verdict() == Verdict.CHANGED && pair.distance().isEmpty();
          if (wanted && moved.size() < distanceLimit) {
            moved.add(pair);
            return;
          }
          if (wanted) {
            totals.unmeasured("beyond --distance-limit", 1);
          }
          taker.accept(pair);
        };
    Pairs.of(
        cluster,
        kafka,
        standing,
        read -> console.note("read %,d earlier settlements ...".formatted(read)),
        first);
    if (distance != null) {
      Distances.Measured measured = measured(cluster, kafka, distance, moved);
      measured.missing().forEach(totals::unmeasured);
      measured.pairs().forEach(taker);
    }
    differing.addAll(others);
    List<Pair> shown = differing.subList(0, Math.min(limit, differing.size()));
    if (json) {
      console.print(ComparisonTable.json(run, totals).toString());
    } else if (totals.pairs() == 0) {
      console.note("nothing of run " + run + " is settled yet");
    } else {
      if (!shown.isEmpty()) {
        ComparisonTable.lines(shown).forEach(console::print);
        console.print("");
      }
      ComparisonTable.lines(totals).forEach(console::print);
    }
    if (html != null) {
      ComparisonPage.write(html, run, standing, totals, shown);
      console.note("wrote " + html);
    }
    return ExitCode.OK;
  }

  private Distances.Measured measured(
      Cluster cluster, KafkaAccess kafka, String model, List<Pair> moved) throws IOException {
    StreambedConfig config = at.settings();
    ModelAlias alias = config.models().get(model);
    if (alias == null || alias.operation() != Operation.EMBEDDING) {
      throw CommandFailedException.usage(
          "--distance: %s is no alias of a model for texts".formatted(model));
    }
    String prefix = config.admission().replayOutputPrefix();
    return new Distances(cluster, kafka, run, prefix, model, InstantSource.system())
        .of(moved, PATIENCE, InstantSource.system());
  }
}
