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
import io.streambed.loadtests.figures.Trend;
import io.streambed.loadtests.judgement.Chain;
import io.streambed.loadtests.judgement.Evidence;
import io.streambed.loadtests.judgement.Judgement;
import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.process.Insides;
import io.streambed.loadtests.process.Window;
import io.streambed.loadtests.subject.SubjectSettings;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Two instances for a long time at a steady load, with faults of the model at random. One is killed
 * again and again; the other lives throughout, and is looked into.
 */
final class SoakScenario implements Scenario {
  private static final Duration LEAST = Duration.ofMillis(500);
  private static final Duration MOST = Duration.ofMillis(1500);
  private static final Duration DRAIN = Duration.ofMinutes(3);
  private static final int LIMIT = 500;

  /** What is known is forgotten after this, so that a short run can come to a steady state too. */
  private static final int KNOWN_SECONDS = 60;

  /** A restart on a busy machine is quicker, so that nothing moves. */
  private static final int SESSION_MILLIS = 60_000;

  /** Faults that end; a job meets few of them, far from the limit of its attempts. */
  private static final List<String> FAULTS =
      List.of(
          "{\"effect\":\"error\",\"type\":\"ThrottlingException\",\"next\":20}",
          "{\"effect\":\"error\",\"type\":\"InternalServerException\",\"next\":5}",
          "{\"effect\":\"error\",\"type\":\"ServiceUnavailableException\",\"next\":5}",
          "{\"effect\":\"gateway\",\"status\":502,\"next\":3}",
          "{\"effect\":\"cut-connection\",\"next\":5}",
          "{\"effect\":\"malformed-body\",\"next\":2}",
          "{\"effect\":\"slow-body\",\"millis\":3000,\"next\":20}",
          "{\"effect\":\"hang\",\"millis\":8000,\"next\":3}",
          "{\"effect\":\"delay\",\"millis\":5000,\"next\":50}");

  /**
   * What must not grow.
   *
   * @param share of its mean that it may change by over the run
   * @param beyond and this much, which no one would call growth
   * @param trend what was seen
   */
  private record Watched(String name, String unit, double share, double beyond, Trend trend) {
    Watched(String name, String unit, double share, double beyond) {
      this(name, unit, share, beyond, new Trend());
    }

    private double allowed(boolean quick) {
      return (quick ? 3 : 1) * (share * trend.mean() + beyond);
    }
  }

  @Override
  public String name() {
    return "10-soak";
  }

  @Override
  public String question() {
    return "Do the promises hold, and does anything grow, over a long time with faults and kills at"
        + " random?";
  }

  @Override
  public Duration limit(boolean quick, int subjects, int repeats) {
    // What --minutes asks for is added to it.
    return quick ? Duration.ofMinutes(20) : Duration.ofMinutes(80);
  }

  @Override
  public void run(Run run) {
    int seconds = 60 * run.minutes(3, 60);
    run.setting("rate", rate(run) + "/s");
    run.setting("minutes", seconds / 60);
    try (Bench bench = run.bench()) {
      bench.standIn().takesBetween(LEAST, MOST);
      Soak soak = new Soak(run, bench);
      SteadyLoad load = bench.steadyLoad(rate(run));
      bench.verifier().awaitSettled(1, DRAIN);
      try (AttemptLog attempts = bench.attemptLog()) {
        soak.last(seconds, attempts);
        bench.standIn().noFaults();
        int requests = load.stop();
        bench.verifier().awaitSettled(requests, DRAIN);
        soak.stop();
        Evidence evidence = bench.evidence();
        Judgement judgement =
            Judgement.of(evidence).with(Chain.of(evidence, attempts.read()).findings(true));
        run.judged(
            run.streambed(),
            "%,d requests, %d faults, %d kills".formatted(requests, soak.faults, soak.kills),
            judgement);
      }
      show(run, List.of(soak.heap, soak.threads, soak.files, soak.stores));
    }
  }

  private static int rate(Run run) {
    return run.either(60, 100);
  }

  /** Both instances, and what happens to them. */
  private static final class Soak {
    private final Run run;
    private final Bench bench;
    private final Random random;
    private final Child lives;
    private Child dies;
    private final Watched heap = new Watched("live heap", "MB", 0.1, 5);
    private final Watched threads = new Watched("threads", "", 0.05, 2);
    private final Watched files = new Watched("open files", "", 0.1, 20);
    private final Watched stores = new Watched("stores on disk", "MB", 0.2, 10);
    private int faults;
    private int kills;

    Soak(Run run, Bench bench) {
      this.run = run;
      this.bench = bench;
      this.random = new Random(run.seed());
      this.lives = bench.start(run.streambed(), settings(bench, "lives"));
      this.dies = bench.start(run.streambed(), settings(bench, "dies"));
    }

    void last(int seconds, AttemptLog attempts) {
      // Until then the JVM loads its classes, and nothing that is known is old enough to go.
      double warm = Math.max(seconds / 4.0, run.either(KNOWN_SECONDS, 5 * KNOWN_SECONDS));
      double killAt = chance(run.either(20, 60), run.either(50, 300));
      double faultAt = chance(5, run.either(15, 60));
      long began = System.nanoTime();
      for (double now = 0; now < seconds; now = (System.nanoTime() - began) / 1e9) {
        if (now > faultAt) {
          bench.standIn().fault(FAULTS.get(random.nextInt(FAULTS.size())));
          faults++;
          faultAt = now + chance(5, run.either(15, 60));
        }
        if (now > killAt) {
          kill();
          killAt = now + chance(run.either(20, 60), run.either(50, 300));
        }
        attempts.read();
        if (now > warm) {
          sample(now);
        }
        Window window = run.window();
        run.rest(Duration.ofSeconds(run.either(3, 15)));
        run.close(window);
      }
    }

    private double chance(int least, int most) {
      return least + random.nextDouble() * (most - least);
    }

    private void kill() {
      run.say("killed after %,d settlements".formatted(bench.verifier().settled()));
      dies.kill();
      dies = bench.start(run.streambed(), settings(bench, "dies"));
      kills++;
    }

    private void sample(double now) {
      Insides insides = Insides.of(lives);
      heap.trend().add(now, insides.liveBytes() / 1e6);
      threads.trend().add(now, insides.threads());
      files.trend().add(now, insides.openFiles());
      stores.trend().add(now, bench.stateBytes(settings(bench, "lives")) / 1e6);
    }

    void stop() {
      boolean lived = lives.isAlive();
      run.check(
          Check.promise(
              "the instance that was not killed lives", "yes", lived ? "yes" : "no", lived));
      dies.terminate(DRAIN);
      lives.terminate(DRAIN);
    }
  }

  private static SubjectSettings settings(Bench bench, String id) {
    return bench
        .instance(id, LIMIT)
        .with("session.timeout.ms", SESSION_MILLIS)
        .with("answers.ttl.ms", 1000 * KNOWN_SECONDS)
        .with("settled.window.ms", 1000 * KNOWN_SECONDS);
  }

  private static void show(Run run, List<Watched> all) {
    Table table =
        Table.of(
            "What must not grow, in the instance that lives",
            "",
            "mean",
            "change over the run",
            "allowed",
            "slope an hour",
            "samples");
    for (Watched watched : all) {
      Trend trend = watched.trend();
      double allowed = watched.allowed(run.quick());
      table =
          table.row(
              watched.name() + (watched.unit().isEmpty() ? "" : ", " + watched.unit()),
              trend.mean(),
              trend.change(),
              allowed,
              3600 * trend.slope(),
              trend.count());
      run.figures().add(watched.name() + ".mean", watched.unit(), trend.mean());
      run.figures().add(watched.name() + ".slope", watched.unit() + "/h", 3600 * trend.slope());
      run.check(
          Check.promise(
              watched.name() + " does not grow",
              "≤ " + Math.round(allowed),
              trend.change(),
              trend.change() <= allowed));
    }
    run.table(
        table.note(
            "Change along the line of least squares after a first quarter of warm-up; allowed are"
                + " 10 % of the heap, 5 % of the threads, 10 % of the files, 20 % of the stores, and 5 MB,"
                + " 2, 20 and 10 MB; three times as much in a quick run."));
  }
}
