/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.cluster.RunPublisher;
import io.streambed.cli.cluster.RunReader;
import io.streambed.cli.replay.Plans;
import io.streambed.cli.replay.Standing;
import io.streambed.cli.request.BadLinesException;
import io.streambed.cli.rerun.Bounds;
import io.streambed.cli.rerun.Planner;
import io.streambed.cli.rerun.SavedSet;
import io.streambed.processors.config.StreambedConfig;
import io.streambed.schemas.ReplayOnly;
import io.streambed.schemas.ReplayPlan;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks recorded requests again. */
@Command(
    name = "replay",
    header = "Ask recorded requests again, otherwise if wanted; the price is told before.",
    description = {
      "Reads a range of a topic of requests, changes what is to be changed, and has the platform answer "
          + "what is not known yet, as BACKGROUND work within a share of its quotas. Answers that the "
          + "topic of results, or the platform's own store, has for an equal request are copied and cost "
          + "nothing. Results and dead letters go to topics of the run's own, unless --live is given.",
      "",
      "It first says what that would take and cost, and asks. The state of the run is in Kafka: after "
          + "a kill it goes on with `replay resume`, on any machine, and pays for nothing twice. Reads "
          + "with isolation.level=read_committed and joins no consumer group. See docs/replay.md."
    },
    exitCodeList = {
      ExitCode.OK_TEXT,
      "1:failed, or the run stopped at --max-cost",
      ExitCode.USAGE_TEXT,
      ExitCode.UNREACHABLE_TEXT,
      ExitCode.INTERRUPTED_TEXT
    },
    footer = {
      "",
      "Examples:",
      "  ./streambed replay --from 7d --system \"Be brief.\" --estimate",
      "  ./streambed replay --from 7d --only failed --run outage --max-cost 5 --yes",
      "  ./streambed replay --topic embedding-requests --model cohere-embed --yes",
      "  ./streambed compare outage"
    },
    subcommands = {
      ReplayListCommand.class,
      ReplayStatusCommand.class,
      ReplayPauseCommand.class,
      ReplayResumeCommand.class,
      ReplayCancelCommand.class
    })
final class ReplayCommand implements Callable<Integer> {
  private static final DateTimeFormatter RUN =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Spec private CommandSpec spec;

  @Mixin private ReplayRangeOptions range;

  @Option(
      names = "--only",
      paramLabel = "WHICH",
      defaultValue = "ALL",
      description =
          "ALL; FAILED: whose settlement was a dead letter; CHANGED: that do not ask any more what they "
              + "asked. Default: ${DEFAULT-VALUE}.")
  private ReplayOnly only = ReplayOnly.ALL;

  @Mixin private ReplayChangesOptions changes;

  @Option(
      names = "--run",
      paramLabel = "NAME",
      description = "Name of the run, in the names of its topics. Default: the time.")
  private @Nullable String run;

  @Option(
      names = "--live",
      description =
          "Write to the live topics of results and dead letters, for everybody downstream to see.")
  private boolean live;

  @Option(
      names = "--share",
      paramLabel = "PART",
      defaultValue = "0.2",
      description =
          "Part of the quotas, and of the calls that may be open, that the run may use. Default: ${DEFAULT-VALUE}.")
  private double share = 0.2;

  @Option(
      names = "--max-cost",
      paramLabel = "DOLLARS",
      description = "Stop before the run could cost more, such as 2.50.")
  private @Nullable BigDecimal maxCost;

  @Option(names = "--estimate", description = "Say what it would take and cost, and end.")
  private boolean estimate;

  @Option(names = "--yes", description = "Do not ask before spending.")
  private boolean yes;

  @Option(names = "--json", description = "Print the estimate as a JSON object.")
  private boolean json;

  @Mixin private ClusterOptions at;

  @Override
  public Integer call() throws IOException, BadLinesException {
    Console console = Console.of(spec);
    Instant now = Instant.now();
    Cluster cluster = at.cluster();
    StreambedConfig config = at.settings();
    String name = run == null ? RUN.format(now) : run;
    if (!Plans.isRunId(name)) {
      throw CommandFailedException.usage(
          "--run: give up to 100 letters, digits, dots, dashes or underscores");
    }
    if (!(share > 0 && share <= 1)) {
      throw CommandFailedException.usage("--share: give a part above 0 and at most 1, such as 0.2");
    }
    changes.isKnownTo(config.models().keySet());
    String topic = range.topic(cluster.topics().promptRequests());
    ReplayPlan.Builder wanted = wanted(topic, now);
    Bounds from = range.from(now);
    Bounds to = range.to(now);
    KafkaAccess kafka = KafkaAccess.to(cluster);
    Planner planner = new Planner(cluster, kafka);
    Optional<String> own =
        live ? Optional.empty() : Optional.of(config.admission().replayOutputPrefix() + name);
    boolean texts = range.texts() || planner.holdsTexts(topic);
    ReplayPlan plan = only(cluster, kafka, planner.fix(wanted, from, to, texts, own));
    if (plan.getRanges().isEmpty()) {
      throw CommandFailedException.failed(
          "there is nothing in topic %s between --from and --to".formatted(plan.getTopic()));
    }
    isNew(cluster, kafka, name);
    try (Replaying replaying =
        new Replaying(cluster, kafka, config, console, InstantSource.system())) {
      Replaying.Surveyed surveyed = replaying.survey(name, plan);
      replaying.print(surveyed, json);
      if (estimate) {
        return ExitCode.OK;
      }
      replaying.confirm(surveyed, yes);
      planner.createTopics(plan);
      try (RunPublisher publisher = RunPublisher.open(cluster, kafka)) {
        publisher.plan(name, plan);
      }
      Standing standing = new Standing(name, Optional.of(plan), Optional.empty(), Optional.empty());
      return replaying.run(standing);
    }
  }

  private ReplayPlan.Builder wanted(String topic, Instant now) {
    if (only == ReplayOnly.UNKNOWN) {
      throw CommandFailedException.usage("--only: give ALL, FAILED or CHANGED");
    }
    return ReplayPlan.newBuilder()
        .setTopic(topic)
        .setOnly(only)
        .setFilter(range.filter())
        .setChanges(changes.changes())
        .setPlannedAt(now)
        .setMaxCostPicoDollars(Dollars.picos("--max-cost", maxCost))
        .setShare(share);
  }

  /** The plan, of what a saved set names where there is one. */
  private ReplayPlan only(Cluster cluster, KafkaAccess kafka, ReplayPlan plan)
      throws IOException, BadLinesException {
    if (range.set().isEmpty()) {
      return plan;
    }
    Path file = range.set().get();
    SavedSet set = SavedSet.read(file, plan.getTopic());
    ReplayPlan.Builder named =
        ReplayPlan.newBuilder(plan).setPlaces(set.resolve(cluster, kafka, plan));
    if (named.getPlaces().isEmpty() || named.getPlaces().size() > SavedSet.MOST) {
      throw CommandFailedException.usage(
          "--set: %s names %d requests of the range; give 1 to %d"
              .formatted(file, named.getPlaces().size(), SavedSet.MOST));
    }
    return named.build();
  }

  private static void isNew(Cluster cluster, KafkaAccess kafka, String name) {
    try (RunReader runs = RunReader.open(cluster, kafka)) {
      if (Standing.of(runs.toEnd()).containsKey(name)) {
        throw CommandFailedException.usage(
            "--run: there is a run %s; go on with it by ./streambed replay resume %s, or give another name"
                .formatted(name, name));
      }
    }
  }
}
