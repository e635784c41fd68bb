/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.loadtests.bench.Bench;
import io.streambed.loadtests.bench.BenchException;
import io.streambed.loadtests.bench.RunLog;
import io.streambed.loadtests.bench.SteadyLoad;
import io.streambed.loadtests.figures.Check;
import io.streambed.loadtests.figures.Statistics;
import io.streambed.loadtests.figures.Table;
import io.streambed.loadtests.judgement.Call;
import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.service.Batch;
import io.streambed.loadtests.service.TenantMix;
import io.streambed.loadtests.subject.StreambedSubject;
import io.streambed.loadtests.subject.StreambedWords;
import io.streambed.loadtests.subject.SubjectSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A recorded topic asked again with another model for a tenth of it, beside live requests, by a
 * process that is killed again and again.
 */
final class ReplayScenario implements Scenario {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LIMIT = 400;
  private static final int RATE = 50;
  private static final int KILLS = 5;
  private static final int CHUNKS = 20;
  private static final Duration MODEL = Duration.ofMillis(250);
  private static final String OLD_MODEL = "us.anthropic.claude-haiku-4-5-20251001-v1:0";
  private static final String RUN = "again";
  private static final String RESULTS = "replay-" + RUN + "-results";

  /** Live requests are another tenant's, so that their calls can be told from the run's. */
  private static final TenantMix LIVE = new TenantMix(1, 1);

  private static final String RECORDED = "default";

  @Override
  public String name() {
    return "16-replay";
  }

  @Override
  public String question() {
    return "Is a recorded topic asked again at the price that was told, without a call for what is"
        + " unchanged, unnoticed by live requests, and once, however often its process is killed?";
  }

  @Override
  public Duration limit(boolean quick, int subjects, int repeats) {
    return Duration.ofMinutes(quick ? 15 : 60L * repeats);
  }

  @Override
  public void run(Run run) {
    for (int repeat = 0; repeat < run.repeats(); repeat++) {
      measure(run);
    }
  }

  private static void measure(Run run) {
    int recorded = run.either(20_000, 1_000_000);
    run.setting("recorded requests", recorded);
    run.setting("live requests a second", RATE);
    run.setting("model ms", MODEL.toMillis());
    try (Bench bench = run.bench();
        RunLog log = bench.runLog()) {
      SubjectSettings settings =
          bench
              .settings(run.streambed(), LIMIT)
              .with("models.old.id", OLD_MODEL)
              .with("models.old.concurrency", LIMIT);
      bench.start(run.streambed(), settings);
      StreambedWords words = StreambedWords.beside((StreambedSubject) run.streambed(), settings);
      record(run, bench, recorded);
      String until = Instant.now().toString();
      bench.standIn().takes(MODEL);
      int settled = bench.verifier().seen();
      double[] alone = live(run, bench, settled, recorded + 1);
      JsonNode estimate = estimate(run, bench, words, until);
      int first = recorded + 1 + RATE * 120;
      settled = bench.verifier().seen();
      SteadyLoad load = bench.steadyLoad(batch(first, 0).tenants(LIVE).perSecond(RATE));
      long began = System.nanoTime();
      interrupted(run, bench, log, words, until, recorded);
      double seconds = (System.nanoTime() - began) / 1e9;
      int sent = load.stop();
      run.await(Duration.ofMinutes(2), () -> bench.verifier().settled() >= recorded + sent);
      double[] beside = latencies(bench, settled);
      run.figures().add("run", "s", seconds);
      judge(run, bench, log, words, new Found(recorded, estimate, alone, beside));
    }
  }

  /** What was found before anything is judged. */
  private record Found(int recorded, JsonNode estimate, double[] alone, double[] beside) {}

  private static Batch batch(int first, int count) {
    return Batch.backlog(first, count).promptBytes(400).answerWords(40);
  }

  /**
   * Nine parts of the model that is asked again, one of another, by turns. Models take no time
   * meanwhile: what is measured comes later.
   */
  private static void record(Run run, Bench bench, int recorded) {
    run.say("recording");
    bench.standIn().takes(Duration.ZERO);
    int chunk = recorded / CHUNKS;
    boolean all = true;
    for (int i = 0; i < CHUNKS && all; i++) {
      int first = 1 + i * chunk;
      int last = (i + 1) * chunk;
      bench.load().publish(batch(first, chunk * 9 / 10));
      bench.load().publish(batch(first + chunk * 9 / 10, chunk / 10).model("old"));
      all = run.await(Duration.ofMinutes(5), "recorded", () -> bench.verifier().settled(), last);
      run.say("%,d of %,d recorded".formatted(last, recorded));
      // A million calls would not fit its memory, and what they cost is on their results.
      bench.standIn().clearLedger();
    }
    run.check(Check.promise("all are recorded", "yes", all, all));
  }

  private static double[] live(Run run, Bench bench, int settled, int first) {
    run.say("live requests alone");
    int count = RATE * 30;
    bench.load().publish(batch(first, count).tenants(LIVE).perSecond(RATE));
    run.await(Duration.ofMinutes(1), () -> bench.verifier().seen() >= settled + count);
    return latencies(bench, settled);
  }

  /**
   * Of what was settled behind the first so many, from due time to a reader of committed records.
   */
  private static double[] latencies(Bench bench, int first) {
    Map<String, Long> due = bench.load().published();
    return bench.verifier().settlements().stream()
        .skip(first)
        .mapToDouble(one -> one.seenMillis() - due.getOrDefault(one.id(), one.seenMillis()))
        .toArray();
  }

  private static JsonNode estimate(Run run, Bench bench, StreambedWords words, String until) {
    run.say("estimating");
    long began = System.nanoTime();
    Child child =
        bench.begin(
            words.launch(
                "estimate",
                "{",
                "replay",
                "--model",
                "default",
                "--to",
                until,
                "--run",
                RUN,
                "--estimate",
                "--json"));
    String line = "{" + child.awaitReady(Duration.ofMinutes(20));
    run.figures().add("estimate", "s", (System.nanoTime() - began) / 1e9);
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new BenchException("the estimate is no JSON", e);
    }
  }

  /** The run, killed when it has brought a sixth, two, and so on. */
  private static void interrupted(
      Run run, Bench bench, RunLog log, StreambedWords words, String until, int recorded) {
    Child child =
        bench.begin(
            words.launch(
                "replay",
                "run " + RUN + ":",
                "replay",
                "--model",
                "default",
                "--to",
                until,
                "--run",
                RUN,
                "--yes"));
    for (int kill = 1; kill <= KILLS; kill++) {
      long enough = (long) recorded * kill / (KILLS + 1);
      Child at = child;
      run.await(
          Duration.ofMinutes(run.either(3, 15)),
          "results",
          () -> at.isAlive() ? log.used(RESULTS) : enough,
          enough);
      run.say("killing it at %,d results".formatted(log.used(RESULTS)));
      run.check(Check.promise("it lived until kill " + kill, "yes", at.isAlive(), at.isAlive()));
      child.kill();
      child =
          bench.begin(words.launch("replay-" + kill, "run " + RUN + ":", "replay", "resume", RUN));
    }
    String end = child.awaitReady(Duration.ofMinutes(run.either(5, 20)));
    run.check(Check.promise("the run's end", "done", end, end.startsWith("done")));
  }

  private static void judge(Run run, Bench bench, RunLog log, StreambedWords words, Found found) {
    int changed = found.recorded() / 10;
    List<Call> calls =
        bench.standIn().ledger().stream().filter(call -> call.tenant().equals(RECORDED)).toList();
    double billed = calls.stream().mapToLong(Call::costPicos).sum();
    double told = found.estimate().path("picoDollars").asDouble();
    Map<String, Integer> asked = log.sources("replay-requests");
    Map<String, Integer> answered = log.sources(RESULTS);
    long compared = compared(run, bench, words);
    run.check(
        Check.promise(
            "estimated of what was billed",
            "0.9 to 1.1",
            told / billed,
            Math.abs(told / billed - 1) <= 0.1));
    run.check(
        Check.promise(
            "calls of the run", "%,d".formatted(changed), calls.size(), calls.size() == changed));
    run.check(
        Check.promise(
            "requests asked, each once",
            "%,d".formatted(changed),
            asked.size(),
            asked.size() == changed && asked.values().stream().allMatch(it -> it == 1)));
    run.check(
        Check.promise(
            "requests with a result, each one",
            "%,d".formatted(found.recorded()),
            answered.size(),
            answered.size() == found.recorded()
                && answered.values().stream().allMatch(it -> it == 1)));
    run.check(
        Check.promise(
            "requests compared",
            "%,d".formatted(found.recorded()),
            compared,
            compared == found.recorded()));
    double alone = Statistics.percentile(found.alone(), 0.99);
    double beside = Statistics.percentile(found.beside(), 0.99);
    run.check(
        Check.target(
            "live p99 beside the run, of that alone",
            "≤ 1.25",
            beside / alone,
            beside <= 1.25 * alone));
    run.table(
        Table.of("Replay of %,d requests".formatted(found.recorded()), "", "")
            .row("estimated USD", "%.4f".formatted(told / 1e12))
            .row("billed USD", "%.4f".formatted(billed / 1e12))
            .row("estimate took s", run.figures().cell("estimate"))
            .row("run took s, %d kills within".formatted(KILLS), run.figures().cell("run"))
            .row("live p50 ms, alone", Statistics.percentile(found.alone(), 0.5))
            .row("live p50 ms, beside the run", Statistics.percentile(found.beside(), 0.5))
            .row("live p99 ms, alone", alone)
            .row("live p99 ms, beside the run", beside)
            .row("live requests beside the run", found.beside().length));
  }

  private static long compared(Run run, Bench bench, StreambedWords words) {
    run.say("comparing");
    Child child = bench.begin(words.launch("compare", "REQUESTS", "compare", RUN, "--limit", "0"));
    String count = child.awaitReady(Duration.ofMinutes(20));
    return Long.parseLong(count.replace(",", "").strip());
  }
}
