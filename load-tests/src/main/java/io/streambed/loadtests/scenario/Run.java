/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import io.streambed.loadtests.bench.Bench;
import io.streambed.loadtests.figures.Bars;
import io.streambed.loadtests.figures.Check;
import io.streambed.loadtests.figures.Figures;
import io.streambed.loadtests.figures.Machine;
import io.streambed.loadtests.figures.Report;
import io.streambed.loadtests.figures.Statistics;
import io.streambed.loadtests.figures.Table;
import io.streambed.loadtests.judgement.Finding;
import io.streambed.loadtests.judgement.Judgement;
import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.process.Children;
import io.streambed.loadtests.process.Window;
import io.streambed.loadtests.process.Window.Spent;
import io.streambed.loadtests.subject.StreambedSubject;
import io.streambed.loadtests.subject.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** One run of a scenario: what it may use, and where it puts what it finds. For one thread. */
public final class Run {
  private static final Duration TELL = Duration.ofSeconds(15);

  private final Scenario scenario;
  private final RunOptions options;
  private final Children children;
  private final Instant began = Instant.now();
  private final Figures figures = new Figures();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<Table> tables = new ArrayList<>();
  private final List<Check> checks = new ArrayList<>();
  private final List<Bars> charts = new ArrayList<>();
  private final List<Double> noise = new ArrayList<>();

  /** A run that begins now. */
  public Run(Scenario scenario, RunOptions options, Children children) {
    this.scenario = scenario;
    this.options = options;
    this.children = children;
    setting("repeats", options.repeats());
  }

  /** Whether it is to be short. */
  public boolean quick() {
    return options.quick();
  }

  /** One of two values: of a quick run, or of a whole one. */
  public int either(int ofQuick, int ofWhole) {
    return options.quick() ? ofQuick : ofWhole;
  }

  /** Whether a row of the scenario's table is to be run. */
  public boolean wants(String row) {
    return options.only().isEmpty() || options.only().contains(row);
  }

  /** How often everything is measured. */
  public int repeats() {
    return options.repeats();
  }

  /** Seed of what is random; it is among the settings that are told. */
  public long seed() {
    setting("seed", options.seed());
    return options.seed();
  }

  /** Minutes that a run lasts which can last any time. */
  public int minutes(int ofQuick, int ofWhole) {
    return options.minutes() > 0 ? options.minutes() : either(ofQuick, ofWhole);
  }

  /** Streambed. */
  public Subject streambed() {
    return options.streambed();
  }

  /** Streambed and the peers that were asked for. */
  public List<Subject> subjects() {
    List<Subject> all = new ArrayList<>(List.of(options.streambed()));
    all.addAll(options.peers());
    return all;
  }

  /** Every process of the run. */
  public Children children() {
    return children;
  }

  /** A fresh bench, its broker set as {@code local} sets it. Close it. */
  public Bench bench() {
    return Bench.start(children, false);
  }

  /** The same, its topics as they are best for a subject. Close it. */
  public Bench bench(Subject subject) {
    return Bench.start(children, subject.partitions());
  }

  /** A fresh bench whose broker has a stock broker's settings. Close it. */
  public Bench stockBench() {
    return Bench.start(children, true);
  }

  /** Tells whoever waits what happens. */
  public void say(String what) {
    System.err.printf("[%4d s] %s%n", ChronoUnit.SECONDS.between(began, Instant.now()), what);
  }

  /** Waits. */
  public void rest(Duration time) {
    await(time, () -> false);
  }

  /** Waits until a process is so many seconds old. */
  public void untilAge(Child process, double seconds) {
    rest(Duration.ofMillis((long) Math.max(0, 1000 * (seconds - process.age()))));
  }

  /**
   * Waits until a number is as high as wanted, and says now and then how high it is.
   *
   * @param what is counted, as people say it
   */
  public boolean await(Duration most, String what, LongSupplier number, long wanted) {
    long[] toldAt = {System.nanoTime()};
    return await(
        most,
        () -> {
          long now = number.getAsLong();
          if (now < wanted && System.nanoTime() - toldAt[0] > TELL.toNanos()) {
            toldAt[0] = System.nanoTime();
            say("%,d of %,d %s".formatted(now, wanted, what));
          }
          return now >= wanted;
        });
  }

  /** Waits until a condition holds, at most so long; whether it does. */
  public boolean await(Duration most, BooleanSupplier condition) {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      try {
        Thread.sleep(Math.min(20, Math.max(1, left / 1_000_000)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** Begins to measure. */
  public Window window() {
    return Window.open(children);
  }

  /** Ends to measure, and notes what else ran on the machine meanwhile. */
  public Spent close(Window window) {
    Spent spent = window.close();
    noise.add(spent.noiseCores());
    return spent;
  }

  /** Cores that something else on the machine kept busy so far, median of the windows. */
  public double noise() {
    return Statistics.median(noise);
  }

  /** What is measured. */
  public Figures figures() {
    return figures;
  }

  /** Notes a setting of the run. */
  public void setting(String name, Object value) {
    settings.put(name, value.toString());
  }

  /** Adds a table. */
  public void table(Table table) {
    tables.add(table);
  }

  /** Adds a chart. */
  public void chart(Bars bars) {
    charts.add(bars);
  }

  /** Adds a promise or a target. */
  public void check(Check check) {
    checks.add(check);
  }

  /** Adds what was judged: promises of Streambed's, facts of a peer's. */
  public void judged(Subject subject, String where, Judgement judgement) {
    String wanted =
        judgement.findings().stream()
            .filter(Finding::fault)
            .map(it -> it.what() + " 0")
            .collect(Collectors.joining(", "));
    String observed =
        judgement.findings().stream()
            .filter(it -> it.count() > 0)
            .map(it -> it.what() + " " + it.count() + (it.fault() ? " " + it.examples() : ""))
            .collect(Collectors.joining(", "));
    String what = where.startsWith(subject.name()) ? where : subject.name() + ", " + where;
    String found = observed.isEmpty() ? "none of these" : observed;
    boolean kept = judgement.broken().isEmpty();
    check(
        subject instanceof StreambedSubject
            ? Check.promise(what, wanted, found, kept)
            : Check.target(what, wanted, found, kept));
  }

  /**
   * Everything that was found.
   *
   * @param versions of what took part, by name
   */
  public Report report(Map<String, String> versions) {
    return new Report(
        scenario.name(),
        scenario.question(),
        began.truncatedTo(ChronoUnit.SECONDS).toString(),
        quick(),
        Machine.here(),
        versions,
        settings,
        noise(),
        tables,
        checks,
        figures.all(),
        charts);
  }
}
