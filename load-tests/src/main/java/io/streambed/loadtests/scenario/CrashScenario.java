/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import io.streambed.loadtests.bench.AttemptLog;
import io.streambed.loadtests.bench.Bench;
import io.streambed.loadtests.figures.Bars;
import io.streambed.loadtests.figures.Check;
import io.streambed.loadtests.figures.Table;
import io.streambed.loadtests.judgement.Chain;
import io.streambed.loadtests.judgement.Evidence;
import io.streambed.loadtests.judgement.Finding;
import io.streambed.loadtests.judgement.Judgement;
import io.streambed.loadtests.judgement.Settlement;
import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.process.Window;
import io.streambed.loadtests.service.Batch;
import io.streambed.loadtests.subject.SubjectSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * One instance, killed by kill -9 again and again and started anew each time. Promises are judged
 * without any tolerance; only what a busy machine changes has a loose bound beside its target.
 */
final class CrashScenario implements Scenario {

  /** Some answers come soon, so that the time until the next one is not the model's. */
  private static final Duration LEAST = Duration.ofMillis(500);

  /**
   * On average so long that an instance which is killed every few seconds has as many calls in
   * flight as it may, before the next kill: its JVM never gets warm.
   */
  private static final Duration MOST = Duration.ofMillis(7500);

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration DRAIN = Duration.ofMinutes(3);

  /**
   * Answers that are complete and not committed at a kill are re-sent, beyond what is in flight.
   */
  private static final double MORE_RE_SENT = 1.03;

  /** On a busy machine commits take long, and more answers wait for one. */
  private static final double MOST_RE_SENT = 2;

  private static final int MORE_A_KILL = 100;

  private static final double WANTED_GAP = 3;
  private static final double MOST_GAP = 60;

  /** What is read in the moments after a kill was committed before it. */
  private static final double STILL_READ = 0.3;

  private record Shape(String name, int requests, int kills, int inFlight, boolean stateLost) {}

  /** A kill and what was seen of it; the moments are of {@link System#nanoTime}. */
  private record Kill(int settled, int open, long at, double ready) {

    /** Seconds until the next settlement; none where the next kill came before it. */
    OptionalDouble gap(List<Settlement> settlements, long nextKill) {
      return settlements.stream()
          .filter(one -> one.seenNanos() < nextKill)
          .mapToDouble(one -> (one.seenNanos() - at) / 1e9)
          .filter(after -> after > STILL_READ)
          .min();
    }
  }

  @Override
  public String name() {
    return "04-crash";
  }

  @Override
  public String question() {
    return "What do kills -9 at random moments lose, double, pay again and leave untold, and how long"
        + " is nothing settled after each?";
  }

  @Override
  public Duration limit(boolean quick, int subjects, int repeats) {
    return quick ? Duration.ofMinutes(15) : Duration.ofMinutes(30L * repeats);
  }

  @Override
  public void run(Run run) {
    Random random = new Random(run.seed());
    for (int repeat = 0; repeat < run.repeats(); repeat++) {
      for (Shape shape : shapes(run.quick())) {
        measure(run, shape, plans(shape, run.quick(), random));
      }
      if (!run.quick()) {
        new RestoreMeasurement(run).measure();
      }
    }
    shapes(run.quick()).forEach(shape -> show(run, shape));
    if (!run.quick()) {
      new RestoreMeasurement(run).show();
    }
  }

  private static List<Shape> shapes(boolean quick) {
    return quick
        ? List.of(new Shape("3 kills, the state lost at the last", 4_000, 3, 300, false))
        : List.of(
            new Shape("20 kills", 50_000, 20, 2_000, false),
            new Shape("5 kills, the state lost at each", 20_000, 5, 2_000, true));
  }

  private static List<KillPlan> plans(Shape shape, boolean quick, Random random) {
    List<KillPlan> plans =
        new ArrayList<>(KillPlan.of(random, shape.kills(), shape.requests(), shape.stateLost()));
    if (quick) {
      KillPlan last = plans.removeLast();
      plans.add(new KillPlan(last.settled(), last.delay(), false, true));
    }
    return plans;
  }

  private static void measure(Run run, Shape shape, List<KillPlan> plans) {
    try (Bench bench = run.bench()) {
      bench.standIn().takesBetween(LEAST, MOST);
      SubjectSettings settings = bench.settings(run.streambed(), shape.inFlight());
      Child instance = bench.startNow(run.streambed(), settings);
      bench.load().publish(Batch.backlog(1, shape.requests()));
      instance.awaitReady(PATIENCE);
      List<Kill> kills = new ArrayList<>();
      try (AttemptLog attempts = bench.attemptLog()) {
        for (KillPlan plan : plans) {
          if (plan.starting()) {
            run.rest(plan.delay());
          } else {
            ready(kills, instance);
            Window window = run.window();
            run.await(PATIENCE, () -> bench.verifier().settled() >= plan.settled());
            run.rest(plan.delay());
            run.close(window);
          }
          kills.add(kill(run, bench, instance));
          if (plan.stateLost()) {
            bench.loseState(settings);
          }
          instance = bench.startNow(run.streambed(), settings);
        }
        ready(kills, instance);
        run.await(DRAIN, () -> bench.verifier().settled() >= shape.requests());
        instance.terminate(PATIENCE);
        judge(run, shape, bench.evidence(), attempts, kills);
      }
    }
  }

  private static Kill kill(Run run, Bench bench, Child instance) {
    int settled = bench.verifier().settled();
    int open = bench.standIn().open();
    long at = System.nanoTime();
    instance.kill();
    run.say("killed: %,d settled, %,d calls open".formatted(settled, open));
    return new Kill(settled, open, at, Double.NaN);
  }

  /** Waits until the instance works that was started after the last kill. */
  private static void ready(List<Kill> kills, Child instance) {
    if (!kills.isEmpty() && Double.isNaN(kills.getLast().ready())) {
      instance.awaitReady(PATIENCE);
      Kill last = kills.removeLast();
      kills.add(
          new Kill(last.settled(), last.open(), last.at(), (System.nanoTime() - last.at()) / 1e9));
    }
  }

  private static void judge(
      Run run, Shape shape, Evidence evidence, AttemptLog attempts, List<Kill> kills) {
    Judgement judgement =
        Judgement.of(evidence).with(Chain.of(evidence, attempts.read()).findings(true));
    run.judged(run.streambed(), shape.name(), judgement);
    long dead = judgement.count("dead letters");
    run.check(Check.promise("dead letters, " + shape.name(), "0", dead, dead == 0));
    run.table(numbers(shape, judgement));
    run.table(kills(shape, kills, evidence.settlements()));
    long open = kills.stream().mapToLong(Kill::open).sum();
    long again = judgement.count("re-sent");
    resent(run, shape, open, again);
    for (int n = 0; n < kills.size(); n++) {
      gap(kills, n, evidence.settlements())
          .ifPresent(gap -> run.figures().add(shape.name() + ".gap", "s", gap));
      if (!Double.isNaN(kills.get(n).ready())) {
        run.figures().add(shape.name() + ".ready", "s", kills.get(n).ready());
      }
    }
    run.figures().add(shape.name() + ".open", "calls", (double) open);
    run.figures().add(shape.name() + ".re-sent", "calls", (double) again);
  }

  private static OptionalDouble gap(List<Kill> kills, int number, List<Settlement> settlements) {
    boolean last = number == kills.size() - 1;
    return kills.get(number).gap(settlements, last ? Long.MAX_VALUE : kills.get(number + 1).at());
  }

  private static void resent(Run run, Shape shape, long open, long again) {
    String what = "calls re-sent, " + shape.name();
    String observed =
        "%,d, %.1f %% more than the %,d that were open"
            .formatted(again, 100.0 * (again - open) / Math.max(1, open), open);
    run.check(
        Check.promise(
            what,
            "≤ twice those open at the kills and %d a kill, on a busy machine"
                .formatted(MORE_A_KILL),
            observed,
            again <= open * MOST_RE_SENT + MORE_A_KILL * shape.kills()));
    run.check(
        Check.target(what, "≤ open at the kills and 3 %", observed, again <= open * MORE_RE_SENT));
  }

  private static Table numbers(Shape shape, Judgement judgement) {
    Table table = Table.of("What was looked for, " + shape.name(), "", "number", "means");
    for (Finding finding : judgement.findings()) {
      table = table.row(finding.what(), finding.count(), finding.meaning());
    }
    return table;
  }

  private static Table kills(Shape shape, List<Kill> kills, List<Settlement> settlements) {
    Table table =
        Table.of(
            "Kills, " + shape.name(),
            "",
            "settled before",
            "calls open",
            "s until it said that it runs",
            "s until the next settlement");
    for (int n = 0; n < kills.size(); n++) {
      Kill kill = kills.get(n);
      OptionalDouble gap = gap(kills, n, settlements);
      table =
          table.row(
              n + 1,
              kill.settled(),
              kill.open(),
              Double.isNaN(kill.ready()) ? "killed again" : kill.ready(),
              gap.isPresent() ? gap.getAsDouble() : "killed again");
    }
    return table;
  }

  private static void show(Run run, Shape shape) {
    double gap = run.figures().median(shape.name() + ".gap");
    String what = "s until the next settlement, p50, " + shape.name();
    run.check(
        Check.promise(what, "≤ %.0f on a busy machine".formatted(MOST_GAP), gap, gap <= MOST_GAP));
    run.check(Check.target(what, "≤ %.0f".formatted(WANTED_GAP), gap, gap <= WANTED_GAP));
    run.chart(
        new Bars(
            "After a kill, " + shape.name(),
            "s",
            List.of("it runs", "next settlement"),
            Map.of("median", List.of(run.figures().median(shape.name() + ".ready"), gap))));
  }
}
