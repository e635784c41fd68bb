/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import io.streambed.loadtests.bench.BareClient;
import io.streambed.loadtests.bench.Bench;
import io.streambed.loadtests.bench.BrokerLog;
import io.streambed.loadtests.figures.Bars;
import io.streambed.loadtests.figures.Check;
import io.streambed.loadtests.figures.Figures;
import io.streambed.loadtests.figures.Statistics;
import io.streambed.loadtests.figures.Table;
import io.streambed.loadtests.judgement.Settlement;
import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.process.Window;
import io.streambed.loadtests.process.Window.Spent;
import io.streambed.loadtests.service.Batch;
import io.streambed.loadtests.service.CallCounts;
import io.streambed.loadtests.service.CallPlan;
import io.streambed.loadtests.subject.StreambedSubject;
import io.streambed.loadtests.subject.Subject;
import io.streambed.loadtests.subject.SubjectSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is added to a model's latency, from the moment a request is due to be published until a
 * reader of committed records has its result; and what it costs to wait, for nothing or for one
 * long call.
 */
final class LatencyScenario implements Scenario {
  private static final int RATE = 100;
  private static final int LIMIT = 1000;
  private static final Duration MODEL = Duration.ofSeconds(1);

  /** A busy machine may be far behind; what is not settled by then is lost. */
  private static final Duration REST_LIMIT = Duration.ofMinutes(3);

  private static final int WARM_UP_SECONDS = 60;
  private static final int QUICK_WARM_UP_SECONDS = 12;
  private static final String IDLE = "nothing to do";
  private static final String ONE_CALL = "one long call";

  /** What a variant is to reach; nothing where it is only shown. */
  private record Wanted(double p50, double p99) {}

  /**
   * @param settings of Streambed, beyond the usual ones
   * @param waits whether it is also measured while it waits
   */
  private record Variant(
      String name,
      Subject subject,
      Map<String, String> settings,
      boolean stockBroker,
      List<Wanted> wanted,
      boolean waits) {}

  @Override
  public String name() {
    return "03-latency";
  }

  @Override
  public String question() {
    return "What is added to the bare client's latency at 100 requests a second, at what CPU, and"
        + " what does waiting cost?";
  }

  @Override
  public Duration limit(boolean quick, int subjects, int repeats) {
    return quick
        ? Duration.ofMinutes(15L + subjects)
        : Duration.ofMinutes(5L + 4L * repeats * (subjects + 4));
  }

  @Override
  public void run(Run run) {
    int warm = run.either(QUICK_WARM_UP_SECONDS, WARM_UP_SECONDS);
    run.setting("rate", RATE + "/s");
    run.setting("model's latency", MODEL.toSeconds() + " s, fixed");
    run.setting("warm-up", warm + " s at that rate");
    run.setting("measured", run.either(1000, 3000) + " requests");
    List<Variant> variants = variants(run);
    for (int repeat = 0; repeat < run.repeats(); repeat++) {
      run.say("bare client");
      measureBare(run, warm);
      for (Variant variant : variants) {
        run.say(variant.name());
        measure(run, variant, warm);
      }
    }
    show(run, variants);
    showWaiting(run);
  }

  private static List<Variant> variants(Run run) {
    Subject streambed = run.streambed();
    List<Variant> all = new ArrayList<>();
    all.add(
        new Variant(
            "streambed, hop, recorded before it starts",
            streambed,
            Map.of(),
            false,
            List.of(new Wanted(40, 90)),
            true));
    all.add(
        new Variant(
            "streambed, no hop, eager",
            streambed,
            Map.of("fingerprint.hop", "false", "invocation.eager", "true"),
            false,
            List.of(new Wanted(18, 55)),
            false));
    all.add(
        new Variant(
            "streambed, as the first, tenants with a budget",
            streambed,
            Map.of("budget.monthly", "9000000"),
            false,
            List.of(),
            false));
    if (!run.quick()) {
      all.add(
          new Variant(
              "streambed, as the first, stock broker",
              streambed,
              Map.of(),
              true,
              List.of(),
              false));
    }
    for (Subject peer : run.subjects().subList(1, run.subjects().size())) {
      all.add(new Variant(peer.name(), peer, Map.of(), false, List.of(), false));
    }
    return all;
  }

  private static void measureBare(Run run, int warm) {
    try (Bench bench = run.bench()) {
      bench.standIn().takes(MODEL);
      BareClient client = bench.startBareClient(LIMIT);
      client.begin(CallPlan.perSecond(RATE));
      run.rest(Duration.ofSeconds(warm));
      client.read();
      Window window = run.window();
      run.rest(Duration.ofSeconds(run.either(10, 30)));
      Spent spent = run.close(window);
      CallCounts counts = client.read();
      client.stop();
      Figures figures = run.figures();
      figures.add(BareClient.NAME + ".p50", "ms", counts.p50());
      figures.add(BareClient.NAME + ".p90", "ms", counts.p90());
      figures.add(BareClient.NAME + ".p99", "ms", counts.p99());
      figures.add(BareClient.NAME + ".cores", "cores", spent.cores(BareClient.NAME));
      figures.add(BareClient.NAME + ".broker", "cores", spent.cores("broker"));
    }
  }

  private static void measure(Run run, Variant variant, int warm) {
    try (Bench bench = variant.stockBroker() ? run.stockBench() : run.bench()) {
      bench.standIn().takes(MODEL);
      SubjectSettings settings = bench.settings(variant.subject(), LIMIT);
      for (var setting : variant.settings().entrySet()) {
        settings = settings.with(setting.getKey(), setting.getValue());
      }
      Child process = bench.start(variant.subject(), settings);
      int before = warm * RATE;
      int measured = run.either(1000, 3000);
      bench.load().publish(Batch.backlog(1, before).perSecond(RATE));
      Window window = run.window();
      bench.load().publish(Batch.backlog(before + 1, measured).perSecond(RATE));
      Spent spent = run.close(window);
      boolean settled = bench.verifier().awaitSettled(before + measured, REST_LIMIT);
      if (!settled && !(variant.subject() instanceof StreambedSubject)) {
        // It falls behind by more each second: what it adds has no end.
        run.setting(variant.name(), "does not keep up with that rate");
        return;
      }
      noteLatencies(run, bench, variant, before);
      run.figures().add(variant.name() + ".cores", "cores", spent.cores(process.name()));
      run.figures().add(variant.name() + ".broker", "cores", spent.cores("broker"));
      int all = before + measured;
      if (variant.waits()) {
        all++;
        measureWaiting(run, bench, process, all);
      }
      run.rest(Duration.ofMillis(500));
      run.judged(
          variant.subject(),
          variant.name() + ", %,d requests".formatted(all),
          bench.judge(variant.subject()));
    }
  }

  private static void noteLatencies(Run run, Bench bench, Variant variant, int skipped) {
    Map<String, Long> due = bench.load().published();
    String last = Batch.id(skipped);
    double[] added =
        bench.verifier().settlements().stream()
            .filter(one -> one.id().compareTo(last) > 0)
            .mapToDouble(one -> latency(one, due))
            .toArray();
    for (int percent : new int[] {50, 90, 99}) {
      double bare = run.figures().median(BareClient.NAME + ".p" + percent);
      run.figures()
          .add(
              variant.name() + ".p" + percent,
              "ms added",
              Statistics.percentile(added, percent / 100.0) - bare);
    }
  }

  private static double latency(Settlement settlement, Map<String, Long> due) {
    return settlement.seenMillis() - due.getOrDefault(settlement.id(), settlement.seenMillis());
  }

  private static void measureWaiting(Run run, Bench bench, Child process, int lastNumber) {
    run.say(IDLE);
    run.rest(Duration.ofSeconds(5));
    observe(run, bench, process, IDLE, Duration.ofSeconds(10));
    Duration call = Duration.ofSeconds(run.either(20, 120));
    run.setting("the long call", call.toSeconds() + " s");
    run.say(ONE_CALL);
    bench.standIn().takes(call);
    bench.load().publish(Batch.backlog(lastNumber, 1));
    run.rest(Duration.ofSeconds(3));
    observe(run, bench, process, ONE_CALL, call.minusSeconds(8));
    bench.verifier().awaitSettled(lastNumber, REST_LIMIT);
  }

  private static void observe(Run run, Bench bench, Child process, String what, Duration howLong) {
    try (BrokerLog log = bench.brokerLog()) {
      log.begin();
      long bytes = log.bytes();
      Window window = run.window();
      run.rest(howLong);
      Spent spent = run.close(window);
      Figures figures = run.figures();
      figures.add(what + ".bytes", "bytes/s", (log.bytes() - bytes) / spent.seconds());
      figures.add(what + ".transactions", "1/s", log.transactions() / spent.seconds());
      figures.add(what + ".cores", "cores", spent.cores(process.name()));
      figures.add(what + ".broker", "cores", spent.cores("broker"));
    }
  }

  private static void show(Run run, List<Variant> variants) {
    Figures figures = run.figures();
    Table table =
        Table.of(
            "Added latency at 100 requests a second",
            "",
            "p50 ms",
            "p90 ms",
            "p99 ms",
            "cores",
            "broker's cores");
    Map<String, List<Double>> bars = new LinkedHashMap<>();
    for (Variant variant : variants) {
      String name = variant.name();
      table =
          table.row(
              name,
              figures.cell(name + ".p50"),
              figures.cell(name + ".p90"),
              figures.cell(name + ".p99"),
              figures.cell(name + ".cores"),
              figures.cell(name + ".broker"));
      bars.put(
          name,
          List.of(
              figures.median(name + ".p50"),
              figures.median(name + ".p90"),
              figures.median(name + ".p99")));
      for (Wanted wanted : variant.wanted()) {
        double p50 = figures.median(name + ".p50");
        double p99 = figures.median(name + ".p99");
        run.check(Check.target(name + ", p50", "≤ " + wanted.p50(), p50, p50 <= wanted.p50()));
        run.check(Check.target(name + ", p99", "≤ " + wanted.p99(), p99, p99 <= wanted.p99()));
      }
    }
    String bare = BareClient.NAME;
    run.table(
        table
            .row(
                "bare client, in all",
                figures.cell(bare + ".p50"),
                figures.cell(bare + ".p90"),
                figures.cell(bare + ".p99"),
                figures.cell(bare + ".cores"),
                "–")
            .note("Beyond the bare client's, from due time to a reader of committed records."));
    run.chart(new Bars("Added latency", "ms", List.of("p50", "p90", "p99"), bars));
  }

  private static void showWaiting(Run run) {
    Figures figures = run.figures();
    Table table =
        Table.of(
            "What waiting costs",
            "",
            "transactions/s",
            "bytes/s of all logs",
            "cores",
            "broker's cores");
    for (String what : List.of(IDLE, ONE_CALL)) {
      table =
          table.row(
              what,
              figures.cell(what + ".transactions"),
              figures.cell(what + ".bytes"),
              figures.cell(what + ".cores"),
              figures.cell(what + ".broker"));
    }
    run.table(table);
    target(run, IDLE, "transactions", "0 transactions/s", 0);
    target(run, IDLE, "bytes", "0 bytes/s", 0);
    target(run, ONE_CALL, "transactions", "≤ 10 transactions/s", 10);
    target(run, ONE_CALL, "cores", "≤ 0.05 cores", 0.05);
  }

  private static void target(Run run, String what, String figure, String wanted, double most) {
    double observed = run.figures().median(what + "." + figure);
    run.check(Check.target(what, wanted, observed, observed <= most));
  }
}
