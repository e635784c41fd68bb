/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.replay.Estimate;
import io.streambed.cli.replay.Judge;
import io.streambed.cli.replay.Share;
import io.streambed.cli.replay.Standing;
import io.streambed.cli.replay.Unpriced;
import io.streambed.cli.rerun.EarlierIndex;
import io.streambed.cli.rerun.Ending;
import io.streambed.cli.rerun.RequestCoder;
import io.streambed.cli.rerun.Rerun;
import io.streambed.cli.rerun.Survey;
import io.streambed.cli.rerun.UnpricedException;
import io.streambed.cli.show.EstimateTable;
import io.streambed.cli.show.Money;
import io.streambed.cli.show.RunLine;
import io.streambed.processors.admission.Admission;
import io.streambed.processors.admission.AdmissionLimits;
import io.streambed.processors.admission.Reservations;
import io.streambed.processors.config.StreambedConfig;
import io.streambed.processors.job.Payload;
import io.streambed.processors.job.StateCodec;
import io.streambed.processors.model.CostBound;
import io.streambed.processors.model.PriceTable;
import io.streambed.schemas.ReplayPlan;
import io.streambed.schemas.released.ReleasedSchemas;
import io.streambed.schemas.state.Job;
import io.streambed.schemas.topics.TopicCatalogue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run from the command line: its estimate, the question, and its progress. For one thread. */
final class Replaying implements AutoCloseable {
  private static final long STOP_MILLIS = 30_000;

  private final Cluster cluster;
  private final KafkaAccess kafka;
  private final StreambedConfig config;
  private final Console console;
  private final InstantSource clock;
  private final PriceTable prices;
  private final RequestCoder coder;
  private final Judge.Platform platform;
  private @Nullable EarlierIndex earlier;

  /** What a survey has found. */
  record Surveyed(String run, ReplayPlan plan, Estimate estimate) {}

  Replaying(
      Cluster cluster,
      KafkaAccess kafka,
      StreambedConfig config,
      Console console,
      InstantSource clock)
      throws IOException {
    this.cluster = cluster;
    this.kafka = kafka;
    this.config = config;
    this.console = console;
    this.clock = clock;
    this.prices = PriceTable.of(config.prices());
    this.coder = RequestCoder.open(cluster);
    CostBound bound = new CostBound(prices);
    Admission admission =
        new Admission(
            config.admission(),
            AdmissionLimits.forJobsOf(TopicCatalogue.MAX_MESSAGE_BYTES),
            config.models(),
            new Payload(List.of()),
            new Reservations(tenant -> false, bound),
            new StateCodec<>(Job.class, ReleasedSchemas.of(Job.class)));
    this.platform = new Judge.Platform(admission, config.models(), bound, coder::encode);
  }

  /** Looks at everything that a plan covers. */
  Surveyed survey(String run, ReplayPlan plan) {
    Instant now = clock.instant();
    EarlierIndex known = earlier(plan);
    Estimate estimate =
        new Estimate(config.models(), prices, LocalDate.ofInstant(now, ZoneOffset.UTC));
    Survey.of(
        cluster,
        kafka,
        plan,
        new Judge(plan, platform, known),
        known,
        now,
        estimate,
        read -> console.note("looked at %,d requests ...".formatted(read)));
    return new Surveyed(run, plan, estimate);
  }

  private EarlierIndex earlier(ReplayPlan plan) {
    EarlierIndex known = earlier;
    if (known == null) {
      known =
          EarlierIndex.readWithStore(
              cluster,
              kafka,
              plan,
              config.kafka().applicationId(),
              read -> console.note("read %,d earlier settlements and answers ...".formatted(read)));
      earlier = known;
    }
    return known;
  }

  /** Prints an estimate. */
  void print(Surveyed surveyed, boolean json) {
    Share share = new Share(surveyed.plan().getShare());
    if (json) {
      console.print(
          EstimateTable.json(surveyed.run(), surveyed.plan(), surveyed.estimate(), share)
              .toString());
    } else {
      EstimateTable.lines(surveyed.run(), surveyed.plan(), surveyed.estimate(), share)
          .forEach(console::print);
    }
  }

  /**
   * Asks before money is spent.
   *
   * @param yes whether that was answered before
   */
  void confirm(Surveyed surveyed, boolean yes) throws IOException {
    Estimate estimate = surveyed.estimate();
    requireBounded(surveyed.plan(), estimate.aliases());
    if (yes || estimate.calls() == 0) {
      return;
    }
    String money = Money.dollars(Math.round(estimate.picoDollars()));
    console.note("spend about " + money + "? [y/N]");
    String answer =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
    if (answer == null) {
      throw CommandFailedException.usage(
          "nobody is there to be asked whether about %s may be spent; --yes says so"
              .formatted(money));
    }
    if (!answer.strip().equalsIgnoreCase("y")) {
      throw CommandFailedException.failed("nothing was asked and nothing spent");
    }
  }

  /**
   * Refuses a most cost that nobody could keep.
   *
   * @param aliases those that are asked
   * @throws CommandFailedException if a call for one of them may be made that has no price
   */
  void requireBounded(ReplayPlan plan, Set<String> aliases) {
    if (plan.getMaxCostPicoDollars().isEmpty()) {
      return;
    }
    LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    Unpriced.among(aliases, config.models(), prices, day)
        .ifPresent(found -> {
          throw CommandFailedException.usage(
              "--max-cost: %s may be answered by %s, which has no price, so that nobody can tell what it costs; give %s one in prices.file, or start a run without --max-cost"
                  .formatted(found.alias(), found.lane().name(), found.lane().modelId()));
        });
  }

  /** Goes on with a run until its next end, and gives the exit code. */
  int run(Standing standing) {
    String run = standing.run();
    try (Rerun rerun =
            Rerun.begin(
                cluster,
                kafka,
                standing,
                clock,
                report -> RunLine.of(report).forEach(console::note));
        StopSignal stop = StopSignal.listen(() -> {}, STOP_MILLIS)) {
      console.note("run %s goes on; Ctrl-C ends this process, and not the run".formatted(run));
      Ending ending = rerun.run(earlier(standing.plan().orElseThrow()), platform, stop::came);
      return switch (ending) {
        case DONE -> say(run, ending, "./streambed compare " + run, ExitCode.OK);
        case CANCELLED -> say(run, ending, "./streambed compare " + run, ExitCode.OK);
        case PAUSED, STOPPED -> say(run, ending, "./streambed replay resume " + run, ExitCode.OK);
        case COST_REACHED ->
            say(
                run,
                ending,
                "./streambed replay resume " + run + " --max-cost DOLLARS",
                ExitCode.FAILED);
      };
    } catch (UnpricedException e) {
      requireBounded(standing.plan().orElseThrow(), Set.of(e.alias()));
      throw e;
    }
  }

  private int say(String run, Ending ending, String next, int code) {
    console.print("run %s: %s; next: %s".formatted(run, RunLine.word(ending), next));
    return code;
  }

  @Override
  public void close() {
    coder.close();
    if (earlier != null) {
      earlier.close();
    }
  }
}
