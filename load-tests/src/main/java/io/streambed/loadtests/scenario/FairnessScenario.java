/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import io.streambed.loadtests.bench.Bench;
import io.streambed.loadtests.bench.Group;
import io.streambed.loadtests.figures.Check;
import io.streambed.loadtests.figures.Statistics;
import io.streambed.loadtests.figures.Table;
import io.streambed.loadtests.judgement.Settlement;
import io.streambed.loadtests.judgement.Shares;
import io.streambed.loadtests.process.Window;
import io.streambed.loadtests.process.Window.Spent;
import io.streambed.loadtests.service.BareClientMain;
import io.streambed.loadtests.service.Batch;
import io.streambed.loadtests.service.TenantMix;
import io.streambed.loadtests.subject.SubjectSettings;
import io.streambed.schemas.Priority;
import io.streambed.schemas.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Ten tenants share a lane's quota and one of them sends a hundred times as much as each of the
 * others: what the others wait, beside what each would wait alone with a tenth of the quota. Then
 * urgent requests behind a backlog that fills the lane.
 */
final class FairnessScenario implements Scenario {
  private static final int LIMIT = 200;
  private static final int TENANTS = 10;
  private static final int TIMES = 100;
  private static final int PROMPT_BYTES = 400;

  /** About what a request takes: a hundred tokens of prompt, and ninety of answer five times. */
  private static final int TOKENS = 550;

  /** What a modest tenant asks for, as a part of its fair share. */
  private static final double MODEST = 0.55;

  private static final Duration MODEL = Duration.ofMillis(300);

  /** The first of the requests by which JVMs grow older: no other has such a number. */
  private static final int WARMING = 50_000_001;

  private static final String ALONE = "alone, a tenth of the quota";
  private static final String BESIDE = "beside one that sends 100 times as much";
  private static final String QUIET = "urgent, no backlog";
  private static final String BEHIND = "urgent, behind a background backlog";

  @Override
  public String name() {
    return "12-fairness";
  }

  @Override
  public String question() {
    return "Does a tenant that sends a hundred times as much take anything from the others, and"
        + " does a backlog hold up what is urgent?";
  }

  @Override
  public Duration limit(boolean quick, int subjects, int repeats) {
    return Duration.ofMinutes(quick ? 12 : 35L * repeats);
  }

  @Override
  public void run(Run run) {
    int perMinute = run.either(720_000, 2_880_000);
    run.setting("tokens a minute", perMinute);
    run.setting("instances", run.either(2, 4));
    run.setting("seconds", seconds(run));
    double rate = MODEST * perMinute / 60 / TENANTS / TOKENS;
    for (int repeat = 0; repeat < run.repeats(); repeat++) {
      alone(run, perMinute, rate);
      beside(run, perMinute, rate);
      urgent(run, perMinute, rate, false);
      urgent(run, perMinute, rate, true);
    }
    show(run);
  }

  private static int seconds(Run run) {
    return run.either(60, 120);
  }

  /** What comes first is not counted: all paths of a flood are cold until it has lasted a while. */
  private static int warmSeconds(Run run) {
    return run.either(20, 60);
  }

  /** Requests of a stretch and of what goes before it. */
  private static int requests(Run run, double rate) {
    return (int) (rate * (warmSeconds(run) + seconds(run)));
  }

  private static Batch batch(int first, int count) {
    return Batch.backlog(first, count).promptBytes(PROMPT_BYTES);
  }

  private static void alone(Run run, int perMinute, double rate) {
    run.say(ALONE);
    try (Bench bench = bench(run)) {
      Fleet fleet = fleet(run, bench, perMinute / TENANTS);
      int before = growOlder(run, bench, perMinute / TENANTS);
      int all = requests(run, rate);
      publish(run, bench, ALONE, batch(1, all).inBursts(rate));
      bench.verifier().awaitSettled(before + all, Duration.ofMinutes(1));
      noteWaits(run, ALONE, waits(bench, first(run, rate), all, request -> true));
      fleet.stopAll();
    }
  }

  private static void beside(Run run, int perMinute, double rate) {
    run.say(BESIDE);
    TenantMix mix = new TenantMix(TENANTS, TIMES);
    double total = rate * (TIMES + TENANTS - 1);
    int all = requests(run, total);
    try (Bench bench = bench(run)) {
      Fleet fleet = fleet(run, bench, perMinute);
      growOlder(run, bench, perMinute);
      publish(run, bench, BESIDE, batch(1, all).inBursts(total).tenants(mix));
      run.rest(Duration.ofSeconds(10));
      int first = first(run, total);
      double worst = 0;
      for (int tenant = 2; tenant <= TENANTS; tenant++) {
        int its = tenant;
        worst =
            Math.max(
                worst,
                Statistics.percentile(
                    waits(bench, first, all, request -> mix.of(request) == its), 0.95));
      }
      run.figures().add(BESIDE + ".worst", "ms", worst);
      noteWaits(run, BESIDE, waits(bench, first, all, request -> mix.of(request) > 1));
      noteShares(run, bench, mix, first, all);
      noteSettled(run, bench, "modest tenants", all, request -> mix.of(request) > 1);
      fleet.stopAll();
    }
  }

  private static void urgent(Run run, int perMinute, double rate, boolean behind) {
    String name = behind ? BEHIND : QUIET;
    run.say(name);
    int urgent = requests(run, 3 * rate);
    int backlog = 2 * (int) (perMinute / 60.0 / TOKENS * (warmSeconds(run) + seconds(run)));
    try (Bench bench = bench(run)) {
      Fleet fleet = fleet(run, bench, perMinute);
      growOlder(run, bench, perMinute);
      if (behind) {
        backlog(run, bench, batch(urgent + 1, backlog).priority(Priority.BACKGROUND), backlog);
      }
      publish(run, bench, name, batch(1, urgent).inBursts(3 * rate).priority(Priority.INTERACTIVE));
      run.rest(Duration.ofSeconds(5));
      noteWaits(run, name, waits(bench, first(run, 3 * rate), urgent, request -> true));
      noteSettled(run, bench, name, urgent, request -> true);
      if (behind) {
        long others =
            bench.verifier().settlements().stream()
                .filter(one -> number(one) > urgent && number(one) <= urgent + backlog)
                .count();
        run.check(
            Check.promise("background requests settled meanwhile", "some", others, others > 0));
      }
      fleet.stopAll();
    }
  }

  /**
   * Publishes a backlog and waits until it is admitted: until then what comes behind it in the
   * topic of requests has not been looked at, however urgent.
   */
  private static void backlog(Run run, Bench bench, Batch batch, int count) {
    long begun = System.nanoTime();
    bench.load().publish(batch);
    try (Group group = bench.group()) {
      boolean admitted =
          run.await(
              Duration.ofMinutes(3), () -> group.behind(Topics.defaults().promptRequests()) == 0);
      run.check(
          Check.promise(
              "backlog admitted within 3 minutes", "yes", admitted ? "yes" : "no", admitted));
    }
    run.figures().add("admitted", "/s", count / ((System.nanoTime() - begun) / 1e9));
  }

  /**
   * Has all instances work within the quota first: JVMs that are young and many want more CPU than
   * the machine has, and what waits then waits for that.
   *
   * @return how many requests that took
   */
  private static int growOlder(Run run, Bench bench, int perMinute) {
    double rate = MODEST * perMinute / 60 / TOKENS;
    int count = (int) (rate * run.either(10, 60));
    bench.load().publish(batch(WARMING, count).inBursts(rate));
    bench.verifier().awaitSettled(count, Duration.ofMinutes(2));
    return count;
  }

  private static void publish(Run run, Bench bench, String name, Batch batch) {
    Window window = run.window();
    bench.load().publish(batch);
    Spent spent = run.close(window);
    double cpu = spent.cpuSeconds().values().stream().mapToDouble(Double::doubleValue).sum();
    run.figures().add(name + ".cores", "cores", cpu / spent.seconds());
  }

  private static Bench bench(Run run) {
    Bench bench = run.bench();
    bench.standIn().takes(MODEL);
    return bench;
  }

  private static Fleet fleet(Run run, Bench bench, int perMinute) {
    Fleet fleet = new Fleet(run, bench, LIMIT, settings -> limited(settings, perMinute));
    fleet.start(
        IntStream.rangeClosed(1, run.either(2, 4)).mapToObj(n -> "streambed-" + n).toList());
    fleet.awaitBalance(0);
    return fleet;
  }

  private static SubjectSettings limited(SubjectSettings settings, int perMinute) {
    return settings
        .with("models.default.id", "")
        .with("models.default.concurrency", "")
        .with("models.default.lanes", "main")
        .with("lanes.main.id", BareClientMain.MODEL)
        .with("lanes.main.concurrency", LIMIT)
        .with("lanes.main.tokens.per.minute", perMinute);
  }

  /** The first request after the warm-up. */
  private static int first(Run run, double rate) {
    return 1 + (int) (rate * warmSeconds(run));
  }

  private interface Which {
    boolean test(int request);
  }

  private static int number(Settlement settlement) {
    return Integer.parseInt(settlement.id().substring(2));
  }

  /** What requests waited, in milliseconds; one that is not settled has waited until now. */
  private static double[] waits(Bench bench, int first, int last, Which which) {
    Map<String, Long> due = bench.load().published();
    Map<Integer, Long> seen = new HashMap<>();
    bench.verifier().settlements().forEach(one -> seen.put(number(one), one.seenMillis()));
    long now = System.currentTimeMillis();
    return IntStream.rangeClosed(first, last)
        .filter(which::test)
        .filter(request -> due.containsKey(Batch.id(request)))
        .mapToDouble(request ->
            seen.getOrDefault(request, now)
                - due.getOrDefault(Batch.id(request), now)
                - MODEL.toMillis())
        .toArray();
  }

  private static void noteWaits(Run run, String name, double[] waits) {
    run.figures().add(name + ".p50", "ms", Statistics.percentile(waits, 0.5));
    run.figures().add(name + ".p95", "ms", Statistics.percentile(waits, 0.95));
    run.figures().add(name + ".p99", "ms", Statistics.percentile(waits, 0.99));
  }

  private static void noteShares(Run run, Bench bench, TenantMix mix, int first, int last) {
    Map<Integer, Integer> asked = new TreeMap<>();
    IntStream.rangeClosed(first, last).forEach(n -> asked.merge(mix.of(n), 1, Integer::sum));
    Map<String, Long> due = bench.load().published();
    long begin = due.getOrDefault(Batch.id(first), 0L);
    long end = due.getOrDefault(Batch.id(last), 0L);
    Map<Integer, Integer> got = new TreeMap<>();
    bench.verifier().settlements().stream()
        .filter(one -> one.seenMillis() >= begin && one.seenMillis() < end)
        .forEach(one -> got.merge(mix.of(number(one)), 1, Integer::sum));
    int all = got.values().stream().mapToInt(Integer::intValue).sum();
    run.figures().add("jain", "", Shares.jain(asked, got));
    run.figures().add("settled", "/s", all / ((end - begin) / 1_000.0));
  }

  private static void noteSettled(Run run, Bench bench, String who, int last, Which which) {
    Map<Integer, Integer> times = new HashMap<>();
    bench.verifier().settlements().stream()
        .filter(one -> number(one) <= last && which.test(number(one)))
        .filter(one -> one.deadLetter().isEmpty())
        .forEach(one -> times.merge(number(one), 1, Integer::sum));
    long wanted = IntStream.rangeClosed(1, last).filter(which::test).count();
    long once = times.values().stream().filter(n -> n == 1).count();
    run.check(
        Check.promise("answered exactly once, " + who, "all of " + wanted, once, once == wanted));
  }

  private static void show(Run run) {
    Table table =
        Table.of(
            "Waiting, without the model's " + MODEL.toMillis() + " ms",
            "",
            "p50",
            "p95",
            "p99",
            "cores busy");
    for (String name : List.of(ALONE, BESIDE, QUIET, BEHIND)) {
      table =
          table.row(
              name,
              run.figures().cell(name + ".p50"),
              run.figures().cell(name + ".p95"),
              run.figures().cell(name + ".p99"),
              run.figures().cell(name + ".cores"));
    }
    run.table(table);
    run.table(
        Table.of("A backlog is admitted before what comes behind it is seen", "", "requests/s")
            .row("with JVMs as young as these", run.figures().cell("admitted")));
    double alone = run.figures().median(ALONE + ".p95");
    double worst = run.figures().median(BESIDE + ".worst");
    run.check(
        Check.target(
            "p95 of the tenant that waits longest, by that alone",
            "≤ 2",
            worst / alone,
            worst <= 2 * alone));
    double jain = run.figures().median("jain");
    run.check(Check.target("Jain's index", "≥ 0.95", jain, jain >= 0.95));
    double more = run.figures().median(BEHIND + ".p99") - run.figures().median(QUIET + ".p99");
    run.check(
        Check.target(
            "p99 of what is urgent behind a backlog, ms more than without",
            "≤ 1,000",
            more,
            more <= 1_000));
  }
}
