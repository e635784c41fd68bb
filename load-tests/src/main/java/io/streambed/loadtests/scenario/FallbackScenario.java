/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import io.streambed.loadtests.bench.Bench;
import io.streambed.loadtests.bench.StandIn.Received;
import io.streambed.loadtests.figures.Check;
import io.streambed.loadtests.figures.Statistics;
import io.streambed.loadtests.figures.Table;
import io.streambed.loadtests.judgement.Settlement;
import io.streambed.loadtests.service.BareClientMain;
import io.streambed.loadtests.service.Batch;
import io.streambed.loadtests.subject.SubjectSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Two regions behind one alias, in order, and load that either can carry. The first fails,
 * recovers, throttles and slows down: which answers how many, what is added to the model's time,
 * what it costs, and how many calls the first gets when it recovers.
 */
final class FallbackScenario implements Scenario {
  private static final String EAST = "us-east-1";
  private static final String WEST = "us-west-2";
  private static final Duration MODEL = Duration.ofMillis(300);
  private static final Duration SLOWER = Duration.ofSeconds(2);
  private static final Duration BREAKER_OPEN = Duration.ofSeconds(3);
  private static final int BREAKER_WINDOW = 50;

  /** Calls by which a breaker finds out whether its lane works again. */
  private static final int PROBES = 3;

  private static final int INSTANCES = 2;

  /** After a recovery, the time in which a stampede would be. */
  private static final Duration FIRST = Duration.ofSeconds(3);

  private static final String FAILING = "the first fails";
  private static final String RECOVERED = "it has recovered";
  private static final double PICOS = 1e12;

  /** What is done to the first region, from then until the next. */
  private record Stage(String name, String fault) {}

  private static final List<Stage> STAGES =
      List.of(
          new Stage("both work", ""),
          new Stage(
              FAILING, "{'effect':'error','type':'ServiceUnavailableException','region':'%s'}"),
          new Stage(RECOVERED, ""),
          new Stage(
              "the first throttles every second call",
              "{'effect':'error','type':'ThrottlingException','rate':0.5,'region':'%s'}"),
          new Stage(
              "the first takes " + SLOWER.toSeconds() + " s more",
              "{'effect':'delay','millis':" + SLOWER.toMillis() + ",'region':'%s'}"));

  /** A stage, and when it was, milliseconds since 1970. */
  private record Stretch(Stage stage, long from, long to) {
    boolean has(long millis) {
      return millis >= from && millis < to;
    }
  }

  @Override
  public String name() {
    return "14-fallback";
  }

  @Override
  public String question() {
    return "What does a region that fails, recovers, throttles and slows down cost requests that"
        + " another can answer, and is it stampeded when it recovers?";
  }

  @Override
  public Duration limit(boolean quick, int subjects, int repeats) {
    return Duration.ofMinutes(quick ? 6 : 14L * repeats);
  }

  @Override
  public void run(Run run) {
    int rate = run.either(50, 200);
    Duration each = Duration.ofSeconds(run.either(15, 60));
    run.setting("requests a second", rate);
    run.setting("each stage", each.toSeconds() + " s");
    run.setting("instances", INSTANCES);
    for (int repeat = 0; repeat < run.repeats(); repeat++) {
      measure(run, rate, each);
    }
    show(run);
  }

  private static void measure(Run run, int rate, Duration each) {
    // Either region alone can carry the load at the model's usual time, and not at the slow one.
    int concurrency = (int) (rate * MODEL.toMillis() / 1_000);
    try (Bench bench = run.bench()) {
      bench.standIn().takes(MODEL);
      Fleet fleet = new Fleet(run, bench, concurrency, one -> lanes(one, concurrency));
      fleet.start(IntStream.rangeClosed(1, INSTANCES).mapToObj(n -> "streambed-" + n).toList());
      fleet.awaitBalance(0);
      int warm = rate * run.either(20, 120);
      bench.load().publish(Batch.backlog(1, warm).perSecond(rate));
      bench.verifier().awaitSettled(warm, Duration.ofMinutes(1));
      int measured = (int) (rate * each.toSeconds() * STAGES.size());
      CompletableFuture<Void> load =
          bench.load().begin(Batch.backlog(warm + 1, measured).perSecond(rate));
      List<Stretch> stretches = new ArrayList<>();
      for (Stage stage : STAGES) {
        run.say(stage.name());
        bench.standIn().noFaults();
        if (!stage.fault().isEmpty()) {
          bench.standIn().fault(stage.fault().replace('\'', '"').formatted(EAST));
        }
        long from = System.currentTimeMillis();
        run.rest(each);
        stretches.add(new Stretch(stage, from, System.currentTimeMillis()));
      }
      load.join();
      boolean settled = bench.verifier().awaitSettled(warm + measured, Duration.ofMinutes(2));
      run.check(Check.promise("requests settled", "all", settled ? "all" : "not all", settled));
      fleet.stopAll();
      note(run, bench, stretches);
      noteRecovery(run, bench.standIn().received(), stretches, rate);
      run.judged(
          run.streambed(), "%,d requests".formatted(warm + measured), bench.judge(run.streambed()));
    }
  }

  private static SubjectSettings lanes(SubjectSettings settings, int concurrency) {
    return settings
        .with("models.default.id", "")
        .with("models.default.concurrency", "")
        .with("models.default.lanes", "east,west")
        .with("lanes.east.id", BareClientMain.MODEL)
        .with("lanes.east.region", EAST)
        .with("lanes.east.concurrency", concurrency)
        .with("lanes.west.id", BareClientMain.MODEL)
        .with("lanes.west.region", WEST)
        .with("lanes.west.concurrency", concurrency)
        .with("breaker.window", BREAKER_WINDOW)
        .with("breaker.open.ms", BREAKER_OPEN.toMillis());
  }

  /** Of the requests that were due in each stage: who answered, how late, for how much. */
  private static void note(Run run, Bench bench, List<Stretch> stretches) {
    Map<String, Long> due = bench.load().published();
    Map<String, String> regions = new HashMap<>();
    bench.standIn().received().forEach(call -> regions.put(call.attempt(), call.region()));
    List<Settlement> settlements = bench.verifier().settlements();
    long dead = settlements.stream().filter(one -> one.deadLetter().isPresent()).count();
    run.check(Check.promise("dead letters", "0: another region could answer", dead, dead == 0));
    for (Stretch stretch : stretches) {
      List<Settlement> own =
          settlements.stream().filter(one -> stretch.has(due.getOrDefault(one.id(), 0L))).toList();
      double[] added =
          own.stream()
              .mapToDouble(
                  one -> one.seenMillis() - due.getOrDefault(one.id(), 0L) - MODEL.toMillis())
              .toArray();
      double first =
          own.stream()
              .filter(one -> EAST.equals(one.attempt().map(regions::get).orElse("")))
              .count();
      double picos = own.stream().mapToDouble(Settlement::costPicos).sum();
      String name = stretch.stage().name();
      run.figures().add(name + ".first", "%", 100 * first / Math.max(1, own.size()));
      run.figures().add(name + ".p50", "ms added", Statistics.percentile(added, 0.5));
      run.figures().add(name + ".p99", "ms added", Statistics.percentile(added, 0.99));
      run.figures()
          .add(
              name + ".money", "$ a 1000 results", picos / PICOS / Math.max(1, own.size()) * 1_000);
    }
  }

  /** What the first region got while it failed, and when it had recovered. */
  private static void noteRecovery(
      Run run, List<Received> calls, List<Stretch> stretches, int rate) {
    Stretch failing = named(stretches, FAILING);
    Stretch recovered = named(stretches, RECOVERED);
    List<Received> first = calls.stream().filter(call -> call.region().equals(EAST)).toList();
    long whileFailing = first.stream().filter(call -> failing.has(call.receivedMillis())).count();
    // Each breaker opens within its window; calls may be open by then; then it is only tried.
    double tries =
        Duration.ofMillis(failing.to() - failing.from()).toMillis()
            / (BREAKER_OPEN.toMillis() / 2.0);
    long most = Math.round(INSTANCES * (2 * BREAKER_WINDOW + PROBES * (tries + 1)));
    run.check(
        Check.promise(
            "calls to the first region while it fails",
            "≤ " + most,
            whileFailing,
            whileFailing <= most));
    long back =
        first.stream()
            .filter(
                call -> recovered.has(call.receivedMillis()) && call.outcome().equals("answered"))
            .mapToLong(Received::receivedMillis)
            .min()
            .orElse(Long.MAX_VALUE);
    run.figures().add("back", "ms", (double) back - recovered.from());
    run.check(
        Check.promise(
            "the first region is used again after",
            "≤ " + BREAKER_OPEN.multipliedBy(2).toMillis() + " ms",
            back - recovered.from(),
            back - recovered.from() <= BREAKER_OPEN.multipliedBy(2).toMillis()));
    // Until the probes are answered nothing else may go there: each instance has its own.
    long probes = within(first, back, back + MODEL.toMillis());
    run.check(
        Check.promise(
            "calls to it until the first is answered",
            "≤ " + INSTANCES * PROBES,
            probes,
            probes <= (long) INSTANCES * PROBES));
    long soon = within(first, back, back + FIRST.toMillis());
    run.figures().add("soon", "calls", (double) soon);
    // Half as many again: a busy machine lets requests come in bursts. A stampede is many times
    // that.
    long mostSoon = Math.round(1.5 * rate * FIRST.toMillis() / 1_000.0) + (long) INSTANCES * PROBES;
    run.check(
        Check.promise(
            "calls to it in its first " + FIRST.toSeconds() + " s",
            "≤ " + mostSoon,
            soon,
            soon <= mostSoon));
  }

  private static Stretch named(List<Stretch> stretches, String name) {
    return stretches.stream()
        .filter(one -> one.stage().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static long within(List<Received> calls, long from, long to) {
    return calls.stream()
        .filter(call -> call.receivedMillis() >= from && call.receivedMillis() < to)
        .count();
  }

  private static void show(Run run) {
    Table table =
        Table.of(
            "Requests by what went on when they were due",
            "",
            "by the first region %",
            "added ms p50",
            "p99",
            "$ a 1000 results");
    for (Stage stage : STAGES) {
      String name = stage.name();
      table =
          table.row(
              name,
              run.figures().cell(name + ".first"),
              run.figures().cell(name + ".p50"),
              run.figures().cell(name + ".p99"),
              run.figures().cell(name + ".money"));
    }
    run.table(
        table.note("A region that is back was used again after the time told in the checks."));
    target(run, "both work", 99, 250);
    run.check(
        Check.target(
            "p99 added while the first region fails",
            "≤ 1000 ms",
            run.figures().median(FAILING + ".p99"),
            run.figures().median(FAILING + ".p99") <= 1_000));
    double dear =
        STAGES.stream()
            .mapToDouble(stage -> run.figures().median(stage.name() + ".money"))
            .max()
            .orElse(0);
    double usual = run.figures().median("both work.money");
    run.check(
        Check.target(
            "money of a result beside that while both work, at most",
            "≤ 1.02",
            dear / usual,
            dear <= 1.02 * usual));
  }

  private static void target(Run run, String stage, double first, double added) {
    double share = run.figures().median(stage + ".first");
    double p99 = run.figures().median(stage + ".p99");
    run.check(
        Check.target(
            "answered by the first region while " + stage,
            "≥ " + first + " %",
            share,
            share >= first));
    run.check(Check.target("p99 added while " + stage, "≤ " + added + " ms", p99, p99 <= added));
  }
}
