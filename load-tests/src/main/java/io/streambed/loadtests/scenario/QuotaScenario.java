/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import io.streambed.loadtests.bench.Bench;
import io.streambed.loadtests.bench.StandIn.Asked;
import io.streambed.loadtests.bench.SteadyLoad;
import io.streambed.loadtests.figures.Check;
import io.streambed.loadtests.figures.Table;
import io.streambed.loadtests.service.BareClientMain;
import io.streambed.loadtests.subject.SubjectSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Instances that know their account's quota, and twice as much work as it allows: what they use of
 * it, as the stand-in counts. Then the quota is halved and doubled again, and nobody is told.
 */
final class QuotaScenario implements Scenario {
  private static final int LIMIT = 500;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LEARNING = Duration.ofMinutes(1);

  /** What is seen of a stretch of time. */
  private record Seen(String name, double ofQuota, double refused, double mostInMinute) {}

  @Override
  public String name() {
    return "11-quota";
  }

  @Override
  public String question() {
    return "Do several instances together use an account's quota to the brim and never more, and do"
        + " they follow it when it is halved and doubled without a word?";
  }

  @Override
  public Duration limit(boolean quick, int subjects, int repeats) {
    return Duration.ofMinutes(quick ? 8 : 25L * repeats);
  }

  @Override
  public void run(Run run) {
    int perMinute = run.either(500_000, 2_000_000);
    int instances = run.either(2, 4);
    run.setting("tokens a minute", perMinute);
    run.setting("instances", instances);
    for (int repeat = 0; repeat < run.repeats(); repeat++) {
      measure(run, perMinute, instances);
    }
  }

  private static void measure(Run run, int perMinute, int instances) {
    List<Seen> seen = new ArrayList<>();
    try (Bench bench = run.bench()) {
      bench.standIn().takesBetween(Duration.ofMillis(500), Duration.ofMillis(1_500));
      bench.standIn().quota(quota(perMinute));
      Fleet fleet = new Fleet(run, bench, LIMIT, settings -> limited(settings, perMinute));
      fleet.start(IntStream.rangeClosed(1, instances).mapToObj(n -> "streambed-" + n).toList());
      fleet.awaitBalance(0);
      SteadyLoad load = bench.steadyLoad(run.either(20, 75));
      run.rest(Duration.ofSeconds(15));
      seen.add(watch(run, bench, "twice the quota is asked for", perMinute, run.either(1, 5)));
      bench.standIn().quota(quota(perMinute / 2));
      run.say("halved");
      run.rest(LEARNING);
      seen.add(watch(run, bench, "halved a minute ago", perMinute / 2, run.either(1, 3)));
      bench.standIn().quota(quota(perMinute));
      run.say("doubled");
      run.rest(LEARNING);
      seen.add(watch(run, bench, "doubled a minute ago", perMinute, run.either(1, 3)));
      load.stop();
      fleet.stopAll();
    }
    show(run, seen);
  }

  private static SubjectSettings limited(SubjectSettings settings, int perMinute) {
    return settings
        .with("models.default.id", "")
        .with("models.default.concurrency", "")
        .with("models.default.max.tokens", 1_000)
        .with("models.default.lanes", "main")
        .with("lanes.main.id", BareClientMain.MODEL)
        .with("lanes.main.concurrency", LIMIT)
        .with("lanes.main.tokens.per.minute", perMinute);
  }

  private static String quota(int perMinute) {
    return "{\"tokensPerMinute\":%d}".formatted(perMinute);
  }

  /** Looks for some minutes, five times a second. */
  private static Seen watch(Run run, Bench bench, String name, int perMinute, int minutes) {
    Asked before = bench.standIn().asked();
    List<long[]> looks = new ArrayList<>();
    long began = System.nanoTime();
    long end = began + MINUTE.multipliedBy(minutes).toNanos();
    double most = 0;
    int first = 0;
    while (System.nanoTime() < end) {
      long now = System.nanoTime();
      long tokens = bench.standIn().asked().tokens();
      looks.add(new long[] {now, tokens});
      while (now - looks.get(first)[0] > MINUTE.toNanos()) {
        first++;
      }
      most = Math.max(most, (double) (tokens - looks.get(first)[1]));
      run.rest(Duration.ofMillis(200));
    }
    Asked asked = bench.standIn().asked().since(before);
    double spent = (System.nanoTime() - began) / (double) MINUTE.toNanos();
    return new Seen(
        name, asked.tokens() / (perMinute * spent), asked.refusedShare(), most / perMinute);
  }

  private static void show(Run run, List<Seen> seen) {
    Table table =
        Table.of("Use of the quota", "", "of the quota", "calls throttled %", "most in a minute");
    for (Seen one : seen) {
      table = table.row(one.name(), one.ofQuota(), 100 * one.refused(), one.mostInMinute());
      run.figures().add(one.name() + ".used", "", one.ofQuota());
      run.figures().add(one.name() + ".throttled", "%", 100 * one.refused());
    }
    run.table(table);
    Seen steady = seen.getFirst();
    run.check(
        Check.promise(
            "most used in a minute",
            "≤ 1.02 of the quota",
            steady.mostInMinute(),
            steady.mostInMinute() <= 1.02));
    run.check(
        Check.target("used", "≥ 0.95 of the quota", steady.ofQuota(), steady.ofQuota() >= 0.95));
    run.check(
        Check.target(
            "throttled", "< 0.5 % of the calls", 100 * steady.refused(), steady.refused() < 0.005));
    for (Seen one : seen.subList(1, seen.size())) {
      run.check(
          Check.target(
              "used, " + one.name(), "≥ 0.85 of the quota", one.ofQuota(), one.ofQuota() >= 0.85));
      run.check(
          Check.target(
              "throttled, " + one.name(),
              "≤ 3 % of the calls",
              100 * one.refused(),
              one.refused() <= 0.03));
    }
  }
}
