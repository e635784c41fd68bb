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
import io.streambed.loadtests.figures.Table;
import io.streambed.loadtests.process.Window;
import io.streambed.loadtests.process.Window.Spent;
import io.streambed.loadtests.service.CallCounts;
import io.streambed.loadtests.service.CallPlan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bare AWS client against the stand-in: the limit for everything else on this machine. */
final class LimitScenario implements Scenario {
  private record Shape(String name, int inFlight, Duration latency) {}

  /** Seconds of the client's JVM. */
  private record Age(int from, int to) {
    @Override
    public String toString() {
      return from + "–" + to + " s";
    }
  }

  private static final List<Shape> SHAPES =
      List.of(
          new Shape("128 in flight, no latency", 128, Duration.ZERO),
          new Shape("1,000 in flight, 1 s", 1000, Duration.ofSeconds(1)));

  private static final List<Age> AGES =
      List.of(new Age(5, 10), new Age(10, 15), new Age(30, 40), new Age(50, 60));

  private static final List<Age> QUICK_AGES = List.of(new Age(4, 7), new Age(9, 13));

  @Override
  public String name() {
    return "01-limit";
  }

  @Override
  public String question() {
    return "How many calls a second can the bare AWS client make here, and at what CPU each, as its"
        + " JVM grows older?";
  }

  @Override
  public Duration limit(boolean quick, int subjects, int repeats) {
    return Duration.ofMinutes(3L + 3L * repeats);
  }

  @Override
  public void run(Run run) {
    List<Age> ages = run.quick() ? QUICK_AGES : AGES;
    for (int repeat = 0; repeat < run.repeats(); repeat++) {
      for (Shape shape : SHAPES) {
        run.say("bare client, " + shape.name());
        measure(run, shape, ages);
      }
    }
    for (Shape shape : SHAPES) {
      show(run, shape, ages);
    }
    Map<String, List<Double>> bars = new LinkedHashMap<>();
    SHAPES.forEach(shape -> bars.put(shape.name(), cpu(run, shape, ages)));
    run.chart(
        new Bars(
            "CPU a call by age of the JVM", "ms", ages.stream().map(Age::toString).toList(), bars));
  }

  private static void measure(Run run, Shape shape, List<Age> ages) {
    try (Bench bench = run.bench()) {
      bench.standIn().takes(shape.latency());
      BareClient client = bench.startBareClient(shape.inFlight());
      client.begin(CallPlan.inFlight(shape.inFlight()));
      for (Age age : ages) {
        run.untilAge(client.process(), age.from());
        client.read();
        Window window = run.window();
        run.rest(Duration.ofSeconds(age.to() - age.from()));
        CallCounts counts = client.read();
        Spent spent = run.close(window);
        String name = name(shape, age);
        run.figures().add(name + ".rate", "calls/s", counts.calls() / spent.seconds());
        run.figures()
            .add(name + ".cpu", "ms/call", 1000 * spent.cpu(BareClient.NAME) / counts.calls());
        run.figures().add(name + ".p50", "ms", counts.p50());
        run.figures().add(name + ".p99", "ms", counts.p99());
        run.figures().add(name + ".failed", "calls", (double) counts.failed());
        run.figures()
            .add(name + ".stand-in", "ms/call", 1000 * spent.cpu("stand-in") / counts.calls());
      }
      client.stop();
    }
  }

  private static void show(Run run, Shape shape, List<Age> ages) {
    Table table =
        Table.of(
            "Bare client, " + shape.name(),
            "age of its JVM",
            "calls/s",
            "CPU ms a call",
            "p50 / p99 ms",
            "stand-in's CPU ms a call");
    double failed = 0;
    for (Age age : ages) {
      String name = name(shape, age);
      failed += run.figures().median(name + ".failed");
      table =
          table.row(
              age,
              run.figures().cell(name + ".rate"),
              run.figures().cell(name + ".cpu"),
              run.figures().cell(name + ".p50") + " / " + run.figures().cell(name + ".p99"),
              run.figures().cell(name + ".stand-in"));
    }
    run.table(table);
    run.check(Check.promise("failed calls, " + shape.name(), "0", failed, failed == 0));
  }

  private static List<Double> cpu(Run run, Shape shape, List<Age> ages) {
    return ages.stream().map(age -> run.figures().median(name(shape, age) + ".cpu")).toList();
  }

  private static String name(Shape shape, Age age) {
    return shape.name() + "." + age.from();
  }
}
