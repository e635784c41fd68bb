/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.cluster.RunReader;
import io.streambed.cli.replay.Earlier;
import io.streambed.cli.replay.Judge;
import io.streambed.cli.replay.Paces;
import io.streambed.cli.replay.Plans;
import io.streambed.cli.replay.Share;
import io.streambed.cli.replay.Standing;
import io.streambed.cli.replay.TimeLeft;
import io.streambed.processors.model.ModelAlias;
import io.streambed.schemas.ReplayPlan;
import io.streambed.schemas.ReplayProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Makes a run, from wherever it is: reads its ranges, has each request judged, writes slices and
 * waits for what they bring. A slice and how far it brings the run are one transaction, so that
 * after a kill it goes on behind the last slice that was committed and asks nothing twice. For one
 * thread.
 */
public final class Rerun implements AutoCloseable {

  private static final Duration TELL = Duration.ofSeconds(5);

  private final Cluster cluster;
  private final KafkaAccess kafka;
  private final InstantSource clock;
  private final Consumer<Report> teller;
  private final Journal journal;
  private Instant beganAt = Instant.EPOCH;
  private Instant toldAt = Instant.EPOCH;
  private long doneBefore;

  private Rerun(
      Cluster cluster,
      KafkaAccess kafka,
      Journal journal,
      InstantSource clock,
      Consumer<Report> teller) {
    this.cluster = cluster;
    this.kafka = kafka;
    this.journal = journal;
    this.clock = clock;
    this.teller = teller;
  }

  /**
   * Makes a run this process's own: another that was at it can go on no more.
   *
   * @param standing what is known of it; it has a plan
   * @param teller told now and then how far it is
   */
  public static Rerun begin(
      Cluster cluster,
      KafkaAccess kafka,
      Standing standing,
      InstantSource clock,
      Consumer<Report> teller) {
    SliceWriter writer =
        new SliceWriter(cluster, kafka, standing.run(), standing.plan().orElseThrow());
    Journal journal = new Journal(standing, writer, RunReader.open(cluster, kafka));
    try {
      journal.begin();
      return new Rerun(cluster, kafka, journal, clock, teller);
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /**
   * Goes on until the run has ended or is to pause.
   *
   * @param earlier how its requests were settled before
   * @param platform what is known of the platform that answers
   * @param stopped whether this process is to stop
   * @throws UnpricedException if it has a most cost, and what the next request costs is not known
   */
  public Ending run(Earlier earlier, Judge.Platform platform, BooleanSupplier stopped) {
    Standing standing = journal.standing();
    ReplayPlan plan = standing.plan().orElseThrow();
    Open open =
        new Open(
            standing.progress().map(ReplayProgress::getSubmittedByModel).orElseGet(Map::of),
            standing.progress().map(ReplayProgress::getBoundPicoDollars).orElse(0L));
    try (Outputs outputs = Outputs.open(cluster, kafka, standing.run(), plan, false);
        RecordedReader source = RecordedReader.open(cluster, kafka, plan, standing.next())) {
      outputs.toEnd(open::settled);
      beganAt = clock.instant();
      doneBefore = standing.done();
      Judge judge = new Judge(plan, platform, earlier);
      RunLoop.Ends ends = new RunLoop.Ends(source, outputs);
      return new RunLoop(journal, judge, open, ends, allowed(plan, platform.models()))
          .run(clock, stopped, this::tell);
    }
  }

  private static Slice.Allowed allowed(ReplayPlan plan, Map<String, ModelAlias> models) {
    Share share = new Share(plan.getShare());
    Map<String, Integer> windows = new HashMap<>();
    models.forEach((name, alias) -> windows.put(name, share.window(List.of(alias))));
    OptionalLong maxCost =
        plan.getMaxCostPicoDollars().map(OptionalLong::of).orElseGet(OptionalLong::empty);
    return new Slice.Allowed(windows, maxCost, new Paces(share, models));
  }

  private void tell(Open open, boolean last) {
    Instant now = clock.instant();
    Standing standing = journal.standing();
    if (standing.progress().isEmpty() || (!last && now.isBefore(toldAt.plus(TELL)))) {
      return;
    }
    toldAt = now;
    long offsets = Plans.offsets(standing.plan().orElseThrow().getRanges());
    long done = standing.done();
    teller.accept(
        new Report(
            standing.progress().get(),
            offsets,
            done,
            open.settled(),
            open.count(),
            open.spent(),
            TimeLeft.of(Duration.between(beganAt, now), done - doneBefore, offsets - done)));
  }

  @Override
  public void close() {
    journal.close();
  }
}
