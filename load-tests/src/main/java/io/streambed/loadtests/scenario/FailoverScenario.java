/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import io.streambed.loadtests.bench.AttemptLog;
import io.streambed.loadtests.bench.Bench;
import io.streambed.loadtests.bench.SteadyLoad;
import io.streambed.loadtests.figures.Check;
import io.streambed.loadtests.figures.Table;
import io.streambed.loadtests.judgement.Chain;
import io.streambed.loadtests.judgement.Evidence;
import io.streambed.loadtests.judgement.Judgement;
import io.streambed.loadtests.judgement.Usage;
import io.streambed.loadtests.judgement.Usage.Outcome;
import io.streambed.loadtests.process.Window;
import io.streambed.loadtests.subject.SubjectSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Several instances under a steady load: one is killed, all are restarted one after the other, some
 * join and leave.
 */
final class FailoverScenario implements Scenario {
  private static final Duration LEAST = Duration.ofMillis(500);
  private static final Duration MOST = Duration.ofMillis(1500);
  private static final Duration DRAIN = Duration.ofMinutes(2);
  private static final Duration STEADY = Duration.ofSeconds(5);
  private static final int LIMIT = 500;

  /** On a busy machine a heartbeat can be late, and an instance that lives be taken for dead. */
  private static final int BUSY_MILLIS = 15_000;

  /** Longer than a restart takes on a busy machine: nothing moves meanwhile. */
  private static final int ROLLING_SESSION = 60_000;

  private record TakeOver(String name, boolean stock, int session, int standbys, double wanted) {
    private SubjectSettings settings(SubjectSettings usual) {
      return usual.with("session.timeout.ms", session).with("standby.replicas", standbys);
    }
  }

  @Override
  public String name() {
    return "05-failover";
  }

  @Override
  public String question() {
    return "How long until others do the work of an instance that was killed, and what do restarts and"
        + " changes of their number cost?";
  }

  @Override
  public Duration limit(boolean quick, int subjects, int repeats) {
    return quick ? Duration.ofMinutes(20) : Duration.ofMinutes(15L * repeats);
  }

  @Override
  public void run(Run run) {
    run.setting("rate", rate(run) + "/s");
    for (int repeat = 0; repeat < run.repeats(); repeat++) {
      takeOvers(run.quick()).forEach(one -> takeOver(run, one));
      restarts(run);
      scale(run);
    }
    show(run);
  }

  private static int rate(Run run) {
    return run.either(60, 200);
  }

  private static List<TakeOver> takeOvers(boolean quick) {
    return quick
        ? List.of(new TakeOver("local", false, BUSY_MILLIS, 0, 3))
        : List.of(
            new TakeOver("local", false, 1500, 0, 3), new TakeOver("stock", true, 6000, 1, 12));
  }

  private static void takeOver(Run run, TakeOver how) {
    run.say("one of three is killed, broker's settings: " + how.name());
    try (Bench bench = how.stock() ? run.stockBench() : run.bench()) {
      bench.standIn().takesBetween(LEAST, MOST);
      Fleet fleet = new Fleet(run, bench, LIMIT, how::settings);
      fleet.start(List.of(how.name() + "-1", how.name() + "-2", how.name() + "-3"));
      List<Integer> shares = fleet.awaitBalance(0);
      SteadyLoad load = load(run, bench);
      try (AttemptLog attempts = bench.attemptLog()) {
        long at = fleet.kill(how.name() + "-2");
        run.await(DRAIN, () -> bench.verifier().possiblyBilled() > 0);
        Window window = run.window();
        run.rest(STEADY);
        run.close(window);
        finish(run, bench, load, fleet, attempts, "one of three killed, " + how.name());
        List<Double> told =
            bench.verifier().usage().stream()
                .filter(usage -> usage.outcome() == Outcome.POSSIBLY_BILLED)
                .map(Usage::seenNanos)
                .filter(seen -> seen > at)
                .map(seen -> (seen - at) / 1e9)
                .sorted()
                .toList();
        String name = "take-over." + how.name();
        run.say(
            "partitions %s, taken over after %s s"
                .formatted(shares, told.isEmpty() ? "–" : told.getLast()));
        run.check(
            Check.promise(
                "calls of the killed instance that others told of, " + how.name(),
                "any",
                told.size(),
                !told.isEmpty()));
        if (!told.isEmpty()) {
          run.figures().add(name + ".first", "s", told.getFirst());
          run.figures().add(name + ".last", "s", told.getLast());
          run.figures().add(name + ".calls", "calls", told.size());
        }
      }
    }
  }

  /** Begins to publish steadily, and waits until it works. */
  private static SteadyLoad load(Run run, Bench bench) {
    SteadyLoad load = bench.steadyLoad(rate(run));
    bench.verifier().awaitSettled(rate(run) * (int) STEADY.toSeconds(), DRAIN);
    return load;
  }

  /** Waits until all is settled, stops all, judges. */
  private static Judgement finish(
      Run run, Bench bench, SteadyLoad load, Fleet fleet, AttemptLog attempts, String where) {
    bench.verifier().awaitSettled(load.stop(), DRAIN);
    List<String> fenced = fleet.fencings();
    run.check(
        Check.promise(
            "log lines of fencing of instances that were not killed, " + where,
            "0",
            fenced.isEmpty() ? "0" : fenced.size() + ", the first: " + fenced.getFirst(),
            fenced.isEmpty()));
    fleet.stopAll();
    Evidence evidence = bench.evidence();
    Judgement judgement =
        Judgement.of(evidence).with(Chain.of(evidence, attempts.read()).findings(true));
    run.judged(run.streambed(), where, judgement);
    return judgement;
  }

  private static void restarts(Run run) {
    run.say("three are restarted, one after the other");
    try (Bench bench = run.bench()) {
      bench.standIn().takesBetween(LEAST, MOST);
      UnaryOperator<SubjectSettings> settings =
          usual -> usual.with("session.timeout.ms", ROLLING_SESSION);
      Fleet fleet = new Fleet(run, bench, LIMIT, settings);
      List<String> ids = List.of("roll-1", "roll-2", "roll-3");
      fleet.start(ids);
      fleet.awaitBalance(0);
      SteadyLoad load = load(run, bench);
      try (AttemptLog attempts = bench.attemptLog()) {
        for (String id : ids) {
          long began = System.nanoTime();
          fleet.stop(id);
          run.figures().add("restart.stop", "s", since(began));
          fleet.start(List.of(id));
          run.figures().add("restart", "s", since(began));
        }
        Judgement judgement = finish(run, bench, load, fleet, attempts, "rolling restart");
        long again = judgement.count("re-sent");
        long told = judgement.count("told as possibly billed");
        run.check(
            Check.promise(
                "calls re-sent, and told as possibly billed, rolling restart",
                "0, 0",
                again + ", " + told,
                again == 0 && told == 0));
      }
    }
  }

  private static void scale(Run run) {
    run.say("one, three, one");
    try (Bench bench = run.bench()) {
      bench.standIn().takesBetween(LEAST, MOST);
      Fleet fleet = new Fleet(run, bench, LIMIT, SubjectSettings::leaving);
      fleet.start(List.of("scale-1"));
      int all = fleet.awaitBalance(0).stream().mapToInt(Integer::intValue).sum();
      SteadyLoad load = load(run, bench);
      try (AttemptLog attempts = bench.attemptLog()) {
        long out = System.nanoTime();
        fleet.start(List.of("scale-2", "scale-3"));
        balanced(run, fleet, all, "1 → 3", out);
        run.rest(STEADY);
        int told = bench.verifier().possiblyBilled();
        run.figures().add("scale.1 → 3.calls", "calls", told);
        long in = System.nanoTime();
        fleet.stop("scale-2");
        fleet.stop("scale-3");
        balanced(run, fleet, all, "3 → 1", in);
        finish(run, bench, load, fleet, attempts, "scaled 1 → 3 → 1");
        run.figures().add("scale.3 → 1.calls", "calls", bench.verifier().possiblyBilled() - told);
      }
    }
  }

  private static void balanced(Run run, Fleet fleet, int all, String step, long began) {
    List<Integer> shares = fleet.awaitBalance(all);
    run.say("%s: partitions %s".formatted(step, shares));
    run.check(
        Check.promise(
            "%s: every partition has moved, and each instance has some".formatted(step),
            all + " partitions",
            shares.toString(),
            !shares.isEmpty()));
    run.figures().add("scale." + step, "s", (fleet.balancedAt() - began) / 1e9);
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private static void show(Run run) {
    Table table =
        Table.of(
            "From the kill of one of three",
            "broker's settings",
            "first call told, s",
            "last call told, s",
            "calls re-sent",
            "settings");
    for (TakeOver how : takeOvers(run.quick())) {
      String name = "take-over." + how.name();
      table =
          table.row(
              how.name(),
              run.figures().cell(name + ".first"),
              run.figures().cell(name + ".last"),
              run.figures().cell(name + ".calls"),
              "session %d ms, standbys %d".formatted(how.session(), how.standbys()));
      double last = run.figures().median(name + ".last");
      run.check(
          Check.target(
              "take-over, s, " + how.name(), "≤ " + how.wanted(), last, last <= how.wanted()));
    }
    run.table(table);
    Table steps = Table.of("Steps under load", "", "s", "calls re-sent");
    run.table(
        steps
            .row("one of three restarted in order", run.figures().cell("restart"), "0")
            .row("of that, until it had stopped", run.figures().cell("restart.stop"), "–")
            .row(
                "1 → 3", run.figures().cell("scale.1 → 3"), run.figures().cell("scale.1 → 3.calls"))
            .row(
                "3 → 1",
                run.figures().cell("scale.3 → 1"),
                run.figures().cell("scale.3 → 1.calls")));
  }
}
