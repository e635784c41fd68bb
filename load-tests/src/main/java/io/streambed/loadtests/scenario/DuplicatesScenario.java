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
import io.streambed.loadtests.figures.Table;
import io.streambed.loadtests.judgement.Settlement;
import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.service.Batch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Equal work on several instances: over few prompts by Zipf's law, the same again after a restart
 * of all, and one prompt by a crowd at once.
 */
final class DuplicatesScenario implements Scenario {
  private static final int LIMIT = 500;
  private static final Duration SETTLED = Duration.ofMinutes(3);
  private static final String COLD = "cold";
  private static final String RESTARTED = "the same again after a restart of all";
  private static final String CROWD = "equal prompts at once";

  @Override
  public String name() {
    return "06-duplicates";
  }

  @Override
  public String question() {
    return "Is equal work done once: on several instances, after a restart of all, and if a crowd"
        + " asks the same at once?";
  }

  @Override
  public Duration limit(boolean quick, int subjects, int repeats) {
    return Duration.ofMinutes(quick ? 6 : 12L * repeats);
  }

  @Override
  public void run(Run run) {
    int prompts = run.either(300, 5_000);
    int requests = run.either(6_000, 100_000);
    int crowd = run.either(2_000, 10_000);
    int instances = run.either(2, 3);
    run.setting("instances", instances);
    run.setting("prompts", prompts + ", each at least once, by Zipf's law with exponent 1");
    for (int repeat = 0; repeat < run.repeats(); repeat++) {
      try (Bench bench = run.bench()) {
        List<Child> running = start(run, bench, instances);
        bench.standIn().takesBetween(Duration.ofMillis(200), Duration.ofMillis(800));
        int drawn = requests - prompts;
        phase(run, bench, COLD, prompts, List.of(drawn(1, drawn, prompts), each(drawn, prompts)));
        run.say("restart of all");
        running.forEach(child -> child.terminate(Duration.ofSeconds(60)));
        running = start(run, bench, instances);
        phase(
            run,
            bench,
            RESTARTED,
            0,
            List.of(drawn(requests + 1, drawn, prompts), each(requests + drawn, prompts)));
        bench.standIn().takes(Duration.ofSeconds(3));
        // Shorter, so that it is none of the prompts above.
        Batch equal = Batch.backlog(2 * requests + 1, crowd).promptBytes(512).over(1, 0);
        phase(run, bench, CROWD, 1, List.of(equal));
        run.judged(
            run.streambed(),
            "%,d requests".formatted(2 * requests + crowd),
            bench.judge(run.streambed()));
        Trouble.none(run, "%d instances".formatted(instances), running);
      }
    }
    show(run);
  }

  private static Batch drawn(int first, int count, int prompts) {
    return Batch.backlog(first, count).over(prompts, 1);
  }

  private static Batch each(int after, int prompts) {
    return Batch.backlog(after + 1, prompts).over(prompts, 0);
  }

  private static List<Child> start(Run run, Bench bench, int instances) {
    List<Child> all = new ArrayList<>();
    for (int n = 1; n <= instances; n++) {
      all.add(bench.startNow(run.streambed(), bench.instance("streambed-" + n, LIMIT)));
    }
    all.forEach(child -> child.awaitReady(Duration.ofSeconds(90)));
    return all;
  }

  private static void phase(Run run, Bench bench, String name, int calls, List<Batch> batches) {
    run.say(name);
    int before = bench.verifier().settled();
    int callsBefore = bench.standIn().ledger().size();
    int requests = batches.stream().mapToInt(Batch::count).sum();
    try (BrokerLog log = bench.brokerLog()) {
      log.begin();
      long began = System.nanoTime();
      batches.forEach(bench.load()::publish);
      boolean all = bench.verifier().awaitSettled(before + requests, SETTLED);
      double seconds = (System.nanoTime() - began) / 1e9;
      run.rest(Duration.ofMillis(500));
      run.check(Check.promise(name + ", all settled", "within " + SETTLED, seconds + " s", all));
      run.figures().add(name + ".transactions", "", log.transactions());
      run.figures().add(name + ".rate", "requests/s", requests / seconds);
    }
    List<Settlement> settled = bench.verifier().settlements();
    int made = bench.standIn().ledger().size() - callsBefore;
    run.check(Check.promise(name + ", calls", "= %,d".formatted(calls), made, made == calls));
    run.figures().add(name + ".calls", "", made);
    run.figures().add(name + ".hits", "%", 100.0 * (requests - made) / requests);
    for (String source : List.of("MODEL", "COALESCED", "CACHE")) {
      long count = settled.stream().skip(before).filter(one -> one.source().equals(source)).count();
      run.figures().add(name + "." + source, "", (double) count);
    }
  }

  private static void show(Run run) {
    Figures figures = run.figures();
    Table table =
        Table.of(
            "Equal work",
            "",
            "calls",
            "hit rate %",
            "paid",
            "waited for a call in flight",
            "from the cache",
            "requests/s",
            "transactions");
    for (String phase : List.of(COLD, RESTARTED, CROWD)) {
      table =
          table.row(
              phase,
              figures.cell(phase + ".calls"),
              figures.cell(phase + ".hits"),
              figures.cell(phase + ".MODEL"),
              figures.cell(phase + ".COALESCED"),
              figures.cell(phase + ".CACHE"),
              figures.cell(phase + ".rate"),
              figures.cell(phase + ".transactions"));
    }
    run.table(table);
  }
}
