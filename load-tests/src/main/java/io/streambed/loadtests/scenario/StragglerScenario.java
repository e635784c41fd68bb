/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import io.streambed.loadtests.bench.Bench;
import io.streambed.loadtests.bench.BrokerLog;
import io.streambed.loadtests.figures.Check;
import io.streambed.loadtests.figures.Figures;
import io.streambed.loadtests.figures.Statistics;
import io.streambed.loadtests.figures.Table;
import io.streambed.loadtests.judgement.Settlement;
import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.process.Window;
import io.streambed.loadtests.service.Batch;
import io.streambed.loadtests.subject.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One long call among many short ones, and the same without it. */
final class StragglerScenario implements Scenario {
  /** A thousand in flight at a rate that two slow cores carry with all there is beside. */
  private static final Duration MODEL = Duration.ofSeconds(2);

  private static final String WITH = "with the long call";
  private static final String WITHOUT = "without";
  private static final double NEAR = 1.1;

  @Override
  public String name() {
    return "08-straggler";
  }

  @Override
  public String question() {
    return "Does one long call hold up anything: the other requests, or the commits?";
  }

  @Override
  public Duration limit(boolean quick, int subjects, int repeats) {
    return Duration.ofMinutes(quick ? 6 : 10L * repeats);
  }

  @Override
  public void run(Run run) {
    Duration call = Duration.ofSeconds(run.either(20, 120));
    run.setting("the long call", call.toSeconds() + " s");
    run.setting("the others", run.either(100, 500) + "/s of " + MODEL.toSeconds() + " s");
    for (int repeat = 0; repeat < run.repeats(); repeat++) {
      for (String variant : List.of(WITHOUT, WITH)) {
        run.say(variant);
        measure(run, variant, call);
      }
    }
    show(run, call);
  }

  private static void measure(Run run, String variant, Duration call) {
    int rate = run.either(100, 500);
    int warm = rate * run.either(8, 30);
    int measured = rate * (int) call.minusSeconds(4).toSeconds();
    int all = 1 + warm + measured;
    Subject streambed = run.streambed();
    try (Bench bench = run.bench();
        BrokerLog log = bench.brokerLog()) {
      bench.standIn().takes(MODEL);
      // Room for bursts: a queue for permits would say nothing of the long call.
      Child process = bench.start(streambed, bench.settings(streambed, 4 * rate));
      bench.load().publish(Batch.backlog(2, warm).perSecond(rate));
      // What a cold JVM has left is not to be measured.
      bench.verifier().awaitSettled(warm, Duration.ofMinutes(2));
      if (variant.equals(WITH)) {
        bench
            .standIn()
            .fault(
                "{\"effect\":\"delay\",\"millis\":%d,\"bodyContains\":\"Note 1.\"}"
                    .formatted(call.toMillis()));
      }
      bench.load().publish(Batch.backlog(1, 1));
      run.rest(Duration.ofSeconds(1));
      log.begin();
      Window window = run.window();
      bench.load().publish(Batch.backlog(2 + warm, measured).perSecond(rate));
      run.figures().add(variant + ".cores", "cores", run.close(window).cores(process.name()));
      noteCommits(run, log.ends(), variant);
      bench.verifier().awaitSettled(all, call.plusSeconds(60));
      run.rest(Duration.ofMillis(500));
      note(run, bench, variant, warm + 1, call);
      run.judged(streambed, variant + ", %,d requests".formatted(all), bench.judge(streambed));
      Trouble.none(run, variant, List.of(process));
    }
  }

  private static void note(Run run, Bench bench, String variant, int last, Duration call) {
    Map<String, Long> due = bench.load().published();
    double[] added =
        bench.verifier().settlements().stream()
            .filter(one -> one.id().compareTo(Batch.id(last)) > 0)
            .mapToDouble(one -> took(one, due) - MODEL.toMillis())
            .toArray();
    double longest =
        bench.verifier().settlements().stream()
            .filter(one -> one.id().equals(Batch.id(1)))
            .mapToDouble(one -> took(one, due))
            .sum();
    run.figures().add(variant + ".long", "ms", longest);
    run.check(
        Check.promise(
            variant + ", that call's request takes",
            (variant.equals(WITH) ? "≥ " : "< ") + call,
            longest + " ms",
            longest >= call.toMillis() == variant.equals(WITH)));
    run.figures().add(variant + ".p50", "ms added", Statistics.percentile(added, 0.5));
    run.figures().add(variant + ".p99", "ms added", Statistics.percentile(added, 0.99));
  }

  private static double took(Settlement one, Map<String, Long> due) {
    return one.seenMillis() - due.getOrDefault(one.id(), 0L);
  }

  private static void noteCommits(Run run, List<Long> ends, String variant) {
    long[] sorted = ends.stream().mapToLong(Long::longValue).sorted().toArray();
    double[] gaps = new double[Math.max(0, sorted.length - 1)];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = sorted[i + 1] - sorted[i];
    }
    run.figures().add(variant + ".gap", "ms", Statistics.percentile(gaps, 0.99));
    run.figures().add(variant + ".longest", "ms", Statistics.percentile(gaps, 1));
  }

  private static void show(Run run, Duration call) {
    Figures figures = run.figures();
    Table table =
        Table.of(
            "The others, and the commits",
            "",
            "its request took ms",
            "the others: added ms p50",
            "p99",
            "ms between commits p99",
            "longest",
            "cores");
    for (String variant : List.of(WITHOUT, WITH)) {
      table =
          table.row(
              variant,
              figures.cell(variant + ".long"),
              figures.cell(variant + ".p50"),
              figures.cell(variant + ".p99"),
              figures.cell(variant + ".gap"),
              figures.cell(variant + ".longest"),
              figures.cell(variant + ".cores"));
    }
    run.table(table);
    // What waits for the call waits for most of it; a busy machine's hiccups are far below.
    double held = call.toMillis() / 4.0;
    for (String figure : List.of("p99", "gap")) {
      String what = figure.equals("p99") ? "p99 of the others" : "p99 between commits";
      double with = figures.median(WITH + "." + figure);
      double without = figures.median(WITHOUT + "." + figure);
      run.check(
          Check.promise(
              what + " beside a long call",
              "below %.0f ms more".formatted(held),
              with - without,
              with - without < held));
      run.check(
          Check.target(
              what + " by that without", "≤ " + NEAR, with / without, with <= NEAR * without));
    }
  }
}
