/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import io.streambed.loadtests.bench.Bench;
import io.streambed.loadtests.bench.BrokerLog;
import io.streambed.loadtests.bench.Metrics;
import io.streambed.loadtests.figures.Check;
import io.streambed.loadtests.figures.Figures;
import io.streambed.loadtests.figures.Statistics;
import io.streambed.loadtests.figures.Table;
import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.process.Window;
import io.streambed.loadtests.service.Batch;
import io.streambed.loadtests.subject.SubjectSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A backlog and a slow model on a small heap; then a lane that is stopped for good. */
final class BacklogScenario implements Scenario {
  private static final int PROMPT_BYTES = 4096;
  private static final int LIMIT = 50;
  private static final String STOPPED_MODEL = "amazon.nova-micro-v1:0";
  private static final String HEAP = "512m";
  private static final double HEAP_BYTES = 512e6 * 1.05;
  // Beside the heap: RocksDB's cache and buffers, code, classes, threads, sockets.
  private static final double RESIDENT_BYTES = HEAP_BYTES + 600e6;
  // What Kafka Streams may have read ahead when the partitions are paused.
  private static final int READ_AHEAD = 5 * 400;
  private static final String ALONE = "no other lane";
  private static final String BESIDE = "beside a lane stopped for good";
  private static final double FLOOR = 0.5;

  /** What was seen at one moment. */
  private record Sample(
      double resident, double heap, double jobs, double paused, double state, double changelog) {}

  @Override
  public String name() {
    return "07-backlog";
  }

  @Override
  public String question() {
    return "Does a backlog stay in Kafka, whatever its size, and does a lane that is stopped for good"
        + " hold up the others?";
  }

  @Override
  public Duration limit(boolean quick, int subjects, int repeats) {
    return Duration.ofMinutes(quick ? 10 : 45);
  }

  @Override
  public void run(Run run) {
    int backlog = run.either(20_000, 500_000);
    int maxJobs = run.either(2_000, 20_000);
    run.setting("backlog", "%,d requests of %,d bytes".formatted(backlog, PROMPT_BYTES));
    run.setting("heap", HEAP);
    run.setting("invocation.max.jobs", maxJobs);
    try (Bench bench = run.bench()) {
      bench.standIn().takes(Duration.ofSeconds(2));
      SubjectSettings settings =
          bench
              .settings(run.streambed(), LIMIT)
              .heap(HEAP)
              .with("invocation.max.jobs", maxJobs)
              .with("models.stopped.id", STOPPED_MODEL)
              .with("models.stopped.concurrency", LIMIT);
      bench.load().publish(Batch.backlog(1, backlog).promptBytes(PROMPT_BYTES));
      Child process = bench.start(run.streambed(), settings);
      // Its threads may still come one after the other.
      run.rest(Duration.ofSeconds(3));
      int shares = rebalances(process);
      watch(run, bench, process, settings.stateDir(), backlog, maxJobs);
      drain(run, bench, backlog);
      resumed(run, process);
      int count = run.either(800, 4_000);
      lane(run, bench, ALONE, backlog, count);
      int all = stopped(run, bench, backlog + count, count);
      run.check(
          Check.promise(
              "rebalances after the start",
              "0",
              rebalances(process) - shares,
              rebalances(process) == shares));
      run.rest(Duration.ofMillis(500));
      run.judged(run.streambed(), "%,d requests".formatted(all), bench.judge(run.streambed()));
      Trouble.none(run, "a backlog of %,d".formatted(backlog), List.of(process));
    }
    show(run);
  }

  private static int rebalances(Child process) {
    return process.logged(Pattern.compile("REBALANCING")).size();
  }

  private static void watch(
      Run run, Bench bench, Child process, Path state, int backlog, int maxJobs) {
    run.say("the model is slow");
    List<Sample> samples = new ArrayList<>();
    Window window = run.window();
    try (Metrics metrics = new Metrics(process);
        BrokerLog log = bench.brokerLog()) {
      run.await(Duration.ofMinutes(3), () -> metrics.sum("streambed_jobs ") >= 2 * LIMIT);
      for (int n = 0; n < run.either(15, 120); n++) {
        samples.add(
            new Sample(
                process.use().residentBytes(),
                metrics.sum("jvm_memory_used_bytes{area=\"heap\""),
                metrics.sum("streambed_jobs "),
                metrics.sum("streambed_partitions_paused "),
                bytes(state),
                log.bytes(topic -> topic.endsWith("-changelog"))));
        run.rest(Duration.ofSeconds(1));
      }
    }
    run.close(window);
    double waiting = (double) backlog * PROMPT_BYTES;
    bounded(run, samples.stream().mapToDouble(Sample::resident).toArray(), "RSS", RESIDENT_BYTES);
    bounded(run, samples.stream().mapToDouble(Sample::heap).toArray(), "heap", HEAP_BYTES);
    bounded(
        run, samples.stream().mapToDouble(Sample::state).toArray(), "state on disk", waiting / 4);
    bounded(
        run, samples.stream().mapToDouble(Sample::changelog).toArray(), "changelogs", waiting / 4);
    double paused = samples.stream().mapToDouble(Sample::paused).max().orElse(0);
    run.check(
        Check.promise("partitions paused while the model is slow", "some", paused, paused > 0));
    double jobs = samples.stream().mapToDouble(Sample::jobs).max().orElse(0);
    run.figures().add("jobs in memory", "most", jobs);
    run.check(
        Check.promise(
            "jobs in memory, most",
            "from %,d to %,d".formatted(LIMIT, maxJobs + READ_AHEAD),
            jobs,
            jobs >= LIMIT && jobs <= maxJobs + READ_AHEAD));
  }

  private static void bounded(Run run, double[] bytes, String what, double most) {
    int third = bytes.length / 3;
    double first = Statistics.percentile(Arrays.copyOf(bytes, third), 0.5);
    double last = Statistics.percentile(Arrays.copyOfRange(bytes, 2 * third, bytes.length), 0.5);
    double largest = Statistics.percentile(bytes, 1);
    run.figures().add(what + ".first", "MB", first / 1e6);
    run.figures().add(what + ".last", "MB", last / 1e6);
    run.figures().add(what + ".most", "MB", largest / 1e6);
    run.check(
        Check.promise(
            what + ", most", "≤ %,.0f MB".formatted(most / 1e6), largest / 1e6, largest <= most));
  }

  private static double bytes(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToDouble(BacklogScenario::size).sum();
    } catch (IOException | UncheckedIOException e) {
      // RocksDB has deleted a file meanwhile; the next look is as good.
      return 0;
    }
  }

  private static double size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * The model is quick again: partitions that were paused must be resumed for all to be settled.
   */
  private static void drain(Run run, Bench bench, int backlog) {
    run.say("the model is quick");
    bench.standIn().takes(Duration.ZERO);
    long began = System.nanoTime();
    boolean all = bench.verifier().awaitSettled(backlog, Duration.ofMinutes(run.either(4, 25)));
    run.figures().add("drained in", "s", (System.nanoTime() - began) / 1e9);
    run.check(
        Check.promise(
            "the backlog is settled once the model is quick",
            "%,d".formatted(backlog),
            bench.verifier().settled(),
            all));
  }

  private static void resumed(Run run, Child process) {
    try (Metrics metrics = new Metrics(process)) {
      run.await(Duration.ofSeconds(10), () -> metrics.sum("streambed_partitions_paused ") == 0);
      double left = metrics.sum("streambed_partitions_paused ");
      run.check(Check.promise("partitions paused after the backlog", "none", left, left == 0));
    }
  }

  private static void lane(Run run, Bench bench, String name, int before, int count) {
    run.say(name);
    bench.standIn().takes(Duration.ofMillis(500));
    long began = System.nanoTime();
    bench.load().publish(Batch.backlog(before + 1, count).promptBytes(PROMPT_BYTES));
    boolean all = run.await(Duration.ofMinutes(4), () -> settledAfter(bench, before) >= count);
    double seconds = (System.nanoTime() - began) / 1e9;
    run.figures().add(name + ".rate", "jobs/s", settledAfter(bench, before) / seconds);
    run.check(Check.promise(name + ", all settled", "%,d".formatted(count), seconds + " s", all));
  }

  private static long settledAfter(Bench bench, int before) {
    String last = Batch.id(before);
    return bench.verifier().settlements().stream()
        .filter(one -> one.id().compareTo(last) > 0)
        .count();
  }

  /** Gives how many requests there were in all. */
  private static int stopped(Run run, Bench bench, int before, int count) {
    bench
        .standIn()
        .fault(
            "{\"effect\":\"error\",\"type\":\"AccessDeniedException\",\"model\":\"%s\"}"
                .formatted(STOPPED_MODEL));
    int held = 5 * count;
    bench
        .load()
        .publish(Batch.backlog(before + 1, held).promptBytes(PROMPT_BYTES).model("stopped"));
    run.rest(Duration.ofSeconds(5));
    lane(run, bench, BESIDE, before + held, count);
    int early = (int) (settledAfter(bench, before) - settledAfter(bench, before + held));
    run.check(Check.promise("jobs of the stopped lane, settled", "0: kept", early, early == 0));
    double alone = run.figures().median(ALONE + ".rate");
    double beside = run.figures().median(BESIDE + ".rate");
    run.check(
        Check.promise(
            BESIDE + ", speed by that alone",
            "≥ " + FLOOR,
            beside / alone,
            beside >= FLOOR * alone));
    run.check(
        Check.target(
            BESIDE + ", speed by that alone", "≥ 0.95", beside / alone, beside >= 0.95 * alone));
    run.say("the lane runs again");
    bench.standIn().noFaults();
    bench.standIn().takes(Duration.ZERO);
    bench.verifier().awaitSettled(before + held + count, Duration.ofMinutes(4));
    return before + held + count;
  }

  private static void show(Run run) {
    Figures figures = run.figures();
    Table bytes =
        Table.of("A backlog and a slow model", "", "MB at first", "MB at last", "MB at most");
    for (String what : List.of("RSS", "heap", "state on disk", "changelogs")) {
      bytes =
          bytes.row(
              what,
              figures.cell(what + ".first"),
              figures.cell(what + ".last"),
              figures.cell(what + ".most"));
    }
    run.table(
        bytes.note(
            "Medians of the first and the last third of the time. Jobs in memory, at most: "
                + figures.cell("jobs in memory")
                + "; all settled "
                + figures.cell("drained in")
                + " s after the model became quick."));
    Table lanes = Table.of("A lane", "", "jobs/s");
    for (String name : List.of(ALONE, BESIDE)) {
      lanes = lanes.row(name, figures.cell(name + ".rate"));
    }
    run.table(lanes);
  }
}
