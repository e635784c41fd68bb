/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import io.streambed.loadtests.bench.BareClient;
import io.streambed.loadtests.bench.Bench;
import io.streambed.loadtests.figures.Bars;
import io.streambed.loadtests.figures.Check;
import io.streambed.loadtests.figures.Figures;
import io.streambed.loadtests.figures.Table;
import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.process.Window;
import io.streambed.loadtests.process.Window.Spent;
import io.streambed.loadtests.service.Batch;
import io.streambed.loadtests.service.CallPlan;
import io.streambed.loadtests.subject.StreambedSubject;
import io.streambed.loadtests.subject.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of what the latency allows is reached, and at what CPU, with everything that Streambed
 * promises switched on. Each JVM first works on calls that take their time, is measured at a
 * certain age, and then on calls that take none.
 */
final class ThroughputScenario implements Scenario {
  /** Below this something is broken; above it a busy machine may be the reason. */
  private static final double FLOOR = 0.6;

  /** The same for a JVM of some seconds, most of whose CPU is spent on compiling. */
  private static final double YOUNG_FLOOR = 0.15;

  /** Seconds after which little is compiled any more on two cores that all processes share. */
  private static final int WARM_AGE = 100;

  private static final double WANTED = 0.97;
  private static final double WANTED_CPU = 1.45;

  /** With as much noise the share says nothing of Streambed. */
  private static final double MOST_NOISE = 0.5;

  private static final Duration WARM_UP_LIMIT = Duration.ofSeconds(60);
  private static final Duration DRAIN = Duration.ofMinutes(3);

  private record Shape(String name, int limit, Duration least, Duration most, boolean inQuick) {
    double possible() {
      return limit / (least.plus(most).toMillis() / 2000.0);
    }
  }

  private static final List<Shape> SHAPES =
      List.of(
          new Shape(
              "1,000 in flight, 0.5–1.5 s",
              1000,
              Duration.ofMillis(500),
              Duration.ofMillis(1500),
              true),
          new Shape(
              "5,000 in flight, 5 s", 5000, Duration.ofSeconds(5), Duration.ofSeconds(5), false));

  @Override
  public String name() {
    return "02-throughput";
  }

  @Override
  public String question() {
    return "How much of limit/latency is reached, at what CPU a job beside the bare client's at equal"
        + " age of the JVM, and how many jobs a second if the model takes no time?";
  }

  @Override
  public Duration limit(boolean quick, int subjects, int repeats) {
    return quick
        ? Duration.ofMinutes(5L + 5L * subjects)
        : Duration.ofMinutes(5L + 8L * repeats * (subjects + 1));
  }

  @Override
  public void run(Run run) {
    run.setting("warm until age", run.either(8, WARM_AGE) + " s at least");
    run.setting("window", run.either(6, 20) + " s");
    run.setting("commit", "10 ms, fingerprint hop, attempts recorded before they start");
    List<Shape> shapes = SHAPES.stream().filter(it -> it.inQuick() || !run.quick()).toList();
    for (int repeat = 0; repeat < run.repeats(); repeat++) {
      for (Shape shape : shapes) {
        for (Subject subject : run.subjects()) {
          run.say(subject.name() + ", " + shape.name());
          measure(run, shape, subject);
        }
        run.say("bare client, " + shape.name());
        measureBare(run, shape);
      }
    }
    shapes.forEach(shape -> show(run, shape));
  }

  private static void measure(Run run, Shape shape, Subject subject) {
    int slow = (int) (shape.possible() * run.either(15, WARM_AGE + 25));
    int quickly = run.either(12_000, 60_000);
    int count = slow + quickly;
    try (Bench bench = run.bench(subject)) {
      bench.standIn().takesBetween(shape.least(), shape.most());
      bench.load().publish(Batch.backlog(1, count));
      Child process = bench.start(subject, bench.settings(subject, shape.limit()));
      run.untilAge(process, run.either(8, WARM_AGE));
      // On a machine that is busy a young JVM may not have got going by then.
      bench.verifier().awaitSettled(2 * shape.limit(), WARM_UP_LIMIT);
      run.figures().add(process.name() + "." + shape.name() + ".age", "s", process.age());
      Window window = run.window();
      run.rest(Duration.ofSeconds(run.either(6, 20)));
      note(run, bench, window, process, shape.name());
      bench.standIn().takes(Duration.ZERO);
      run.await(shape.most(), () -> false);
      Window fast = run.window();
      run.await(
          Duration.ofSeconds(run.either(5, 10)),
          () -> bench.verifier().settled() >= count - shape.limit());
      note(run, bench, fast, process, shape.name() + ", then none");
      if (bench.verifier().awaitSettled(count, DRAIN) || subject instanceof StreambedSubject) {
        run.rest(Duration.ofMillis(500));
        run.judged(subject, shape.name() + ", %,d requests".formatted(count), bench.judge(subject));
      } else {
        run.check(
            Check.target(
                subject.name() + ", " + shape.name(),
                "%,d settled".formatted(count),
                "%,d when time was up".formatted(bench.verifier().settled()),
                false));
      }
      int most = bench.standIn().mostOpen();
      run.check(
          Check.promise(
              subject.name() + ", most calls open",
              "≤ " + shape.limit(),
              most,
              most <= shape.limit() || !(subject instanceof StreambedSubject)));
    }
  }

  private static void note(Run run, Bench bench, Window window, Child process, String shape) {
    long end = System.nanoTime();
    Spent spent = run.close(window);
    int jobs = bench.verifier().settledBetween(window.beganNanos(), end);
    String name = process.name() + "." + shape;
    Figures figures = run.figures();
    figures.add(name + ".rate", "jobs/s", jobs / spent.seconds());
    figures.add(name + ".cpu", "ms/job", 1000 * spent.cpu(process.name()) / Math.max(1, jobs));
    figures.add(name + ".broker", "ms/job", 1000 * spent.cpu("broker") / Math.max(1, jobs));
    figures.add(name + ".rss", "MB", spent.residentBytes().getOrDefault(process.name(), 0L) / 1e6);
  }

  private static void measureBare(Run run, Shape shape) {
    try (Bench bench = run.bench()) {
      bench.standIn().takesBetween(shape.least(), shape.most());
      BareClient client = bench.startBareClient(shape.limit());
      client.begin(CallPlan.inFlight(shape.limit()));
      run.untilAge(
          client.process(),
          run.figures().median(StreambedSubject.NAME + "." + shape.name() + ".age"));
      client.read();
      Window window = run.window();
      run.rest(Duration.ofSeconds(run.either(6, 20)));
      noteBare(run, client, window, shape.name());
      bench.standIn().takes(Duration.ZERO);
      run.rest(shape.most());
      client.read();
      Window fast = run.window();
      run.rest(Duration.ofSeconds(run.either(4, 10)));
      noteBare(run, client, fast, shape.name() + ", then none");
      client.stop();
    }
  }

  private static void noteBare(Run run, BareClient client, Window window, String shape) {
    long calls = client.read().calls();
    Spent spent = run.close(window);
    String name = BareClient.NAME + "." + shape;
    run.figures().add(name + ".rate", "jobs/s", calls / spent.seconds());
    run.figures().add(name + ".cpu", "ms/job", 1000 * spent.cpu(BareClient.NAME) / calls);
    run.figures()
        .add(name + ".rss", "MB", spent.residentBytes().getOrDefault(BareClient.NAME, 0L) / 1e6);
  }

  private static void show(Run run, Shape shape) {
    Figures figures = run.figures();
    String own = StreambedSubject.NAME + "." + shape.name();
    double share = figures.median(own + ".rate") / shape.possible();
    double cpu = cpuRatio(figures, StreambedSubject.NAME, shape.name());
    run.table(rows(run, shape, shape.name(), "of limit/latency", shape.possible()));
    run.table(
        rows(
            run,
            shape,
            shape.name() + ", then none",
            "of the bare client",
            figures.median(BareClient.NAME + "." + shape.name() + ", then none.rate")));
    String what = "share of limit/latency, " + shape.name();
    double floor = run.quick() ? YOUNG_FLOOR : FLOOR;
    boolean above = share >= floor;
    run.check(
        run.noise() < MOST_NOISE
            ? Check.promise(what, "≥ " + floor, share, above)
            : Check.target(what, "≥ " + floor + ", if nothing else runs", share, above));
    run.check(Check.target(what, "≥ " + WANTED, share, share >= WANTED));
    run.check(
        Check.target(
            "CPU a job by the bare client's, " + shape.name(),
            "≤ " + WANTED_CPU + " when warm",
            cpu,
            cpu <= WANTED_CPU));
    Map<String, List<Double>> bars = new LinkedHashMap<>();
    for (String subject : names(run)) {
      bars.put(
          subject,
          List.of(
              figures.median(subject + "." + shape.name() + ".cpu"),
              figures.median(subject + "." + shape.name() + ", then none.cpu")));
    }
    run.chart(
        new Bars(
            "CPU a job, " + shape.name(), "ms", List.of("with that latency", "with none"), bars));
  }

  private static Table rows(Run run, Shape shape, String phase, String share, double possible) {
    Figures figures = run.figures();
    Table table =
        Table.of(
            phase,
            "",
            share,
            "CPU by the bare client's",
            "jobs/s",
            "CPU ms a job",
            "broker's CPU ms a job",
            "RSS MB");
    for (String subject : names(run)) {
      String name = subject + "." + phase;
      table =
          table.row(
              subject,
              figures.median(name + ".rate") / possible,
              cpuRatio(figures, subject, phase),
              figures.cell(name + ".rate"),
              figures.cell(name + ".cpu"),
              figures.cell(name + ".broker"),
              figures.cell(name + ".rss"));
    }
    return table.note("At most %,d in flight.".formatted(shape.limit()));
  }

  private static List<String> names(Run run) {
    List<String> names = new ArrayList<>(run.subjects().stream().map(Subject::name).toList());
    names.add(BareClient.NAME);
    return names;
  }

  private static double cpuRatio(Figures figures, String subject, String phase) {
    return figures.median(subject + "." + phase + ".cpu")
        / figures.median(BareClient.NAME + "." + phase + ".cpu");
  }
}
