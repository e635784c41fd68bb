/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.streambed.loadtests.bench.Bench;
import io.streambed.loadtests.bench.RedriveCommand;
import io.streambed.loadtests.bench.Redrives;
import io.streambed.loadtests.figures.Check;
import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.service.Batch;
import io.streambed.loadtests.service.TenantMix;
import io.streambed.loadtests.subject.StreambedSubject;
import io.streambed.loadtests.subject.SubjectSettings;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Dead letters of several kinds, of which some are redriven: with a limit, at a rate, killed again
 * and again, and once more. One tenant's go on failing until they are parked.
 */
final class RedriveScenario implements Scenario {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String MENDED = "tenant-1,tenant-2";
  private static final String HOPELESS = "tenant-3";
  private static final int KILLS = 5;

  /** What goes wrong, by tenant, as the stand-in's faults say it. */
  private static final List<String> FAULTS =
      List.of("ModelErrorException", "ServiceUnavailableException", "ModelErrorException");

  @Override
  public String name() {
    return "17-redrive";
  }

  @Override
  public String question() {
    return "Is each dead letter that was chosen redriven exactly once, whatever is killed and"
        + " repeated, are those that fail for ever parked, and is all of it told?";
  }

  @Override
  public Duration limit(boolean quick, int subjects, int repeats) {
    return Duration.ofMinutes(quick ? 15 : 30L * repeats);
  }

  @Override
  public void run(Run run) {
    int letters = run.either(5_000, 100_000);
    run.setting("dead letters", letters);
    Random random = new Random(run.seed());
    for (int repeat = 0; repeat < run.repeats(); repeat++) {
      try (Bench bench = run.bench();
          Redrives redrives = new Redrives(bench.endpoints())) {
        SubjectSettings settings =
            bench
                .settings(run.streambed(), 500)
                .with("retry.max.attempts", 1)
                .with("breaker.open.ms", 1);
        Child instance = bench.start(run.streambed(), settings);
        plant(run, bench, letters);
        new Redriven(run, bench, redrives, random, letters).all();
        Trouble.none(run, "redriving", List.of(instance));
      }
    }
  }

  /** Three quarters fail at the model, each tenant's in its way; the others name no known model. */
  private static void plant(Run run, Bench bench, int letters) {
    for (int tenant = 1; tenant <= FAULTS.size(); tenant++) {
      fault(bench, FAULTS.get(tenant - 1), TenantMix.name(tenant));
    }
    int failing = letters * 3 / 4;
    TenantMix tenants = new TenantMix(FAULTS.size(), 2);
    bench.load().publish(Batch.backlog(1, failing).promptBytes(512).tenants(tenants));
    Batch nameless = Batch.backlog(failing + 1, letters - failing).promptBytes(512);
    bench.load().publish(nameless.model("no-such-model").tenants(tenants));
    run.say("waiting for the dead letters");
    boolean all = run.await(PATIENCE, "settled", () -> bench.verifier().settled(), letters);
    run.check(Check.promise("all settled before", "= " + letters, bench.verifier().settled(), all));
    bench.standIn().noFaults();
    fault(bench, FAULTS.getLast(), HOPELESS);
  }

  private static void fault(Bench bench, String error, String tenant) {
    bench
        .standIn()
        .fault(
            "{\"effect\":\"error\",\"type\":\"%s\",\"metadata\":{\"streambed-tenant\":\"%s\"}}"
                .formatted(error, tenant));
  }

  /** One bench's dead letters and what is done with them. */
  private record Redriven(Run run, Bench bench, Redrives redrives, Random random, int letters) {

    void all() {
      RedriveCommand command = new RedriveCommand(bench, (StreambedSubject) run.streambed());
      List<DeadLetter> dead = redrives.letters();
      Set<String> chosen = places(dead, Set.of(MENDED.split(",")));
      Set<String> hopeless = places(dead, Set.of(HOPELESS));
      run.setting("chosen", chosen.size());
      run.setting("hopeless", hopeless.size());

      JsonNode dry = end(command.start("--kind=provider", "--tenant=" + MENDED, "--dry-run"));
      promise("a dry run counts the chosen", chosen.size(), dry.path("redriven").asInt());
      promise("a dry run redrives none", 0, redrives.count());

      int limit = chosen.size() / 5;
      killed(command, KILLS / 2, "--limit=" + limit, "--run=capped");
      // The end of a transaction is seen in one partition sooner than in another.
      run.await(PATIENCE, "redriven", redrives::count, limit);
      promise("a limit holds through kills", limit, redrives.count());

      killed(command, KILLS - KILLS / 2, "--run=rest");
      JsonNode more = end(command.start("--kind=provider", "--tenant=" + MENDED));
      promise("repeated, it redrives none", 0, more.path("redriven").asInt());
      promise("and knows all of them", chosen.size(), more.path("redrivenBefore").asInt());

      for (int time = 1; time <= 4; time++) {
        int expected = letters + chosen.size() + Math.min(3, time) * hopeless.size();
        run.say("those that fail for ever, time " + time);
        JsonNode told = end(command.start("--kind=provider", "--tenant=" + HOPELESS));
        promise(
            "hopeless ones, time " + time,
            hopeless.size(),
            told.path(time <= 3 ? "redriven" : "parked").asInt());
        run.await(PATIENCE, "settled", () -> bench.verifier().seen(), expected);
      }
      new RedriveJudgement(run, redrives, bench.verifier().settlements())
          .judge(letters, chosen, hopeless, rate());
    }

    private static Set<String> places(List<DeadLetter> letters, Set<String> tenants) {
      return letters.stream()
          .filter(letter -> letter.getKind() == FailureKind.PROVIDER)
          .filter(letter -> letter.getTenant().map(tenants::contains).orElse(false))
          .map(RedriveJudgement::place)
          .collect(Collectors.toSet());
    }

    /** Runs it at a rate until it has ended by itself, killed some times before. */
    private void killed(RedriveCommand command, int kills, String... more) {
      List<String> options =
          new ArrayList<>(List.of("--kind=provider", "--tenant=" + MENDED, "--rate=" + rate()));
      options.addAll(List.of(more));
      String[] words = options.toArray(String[]::new);
      for (int kill = 1; kill <= kills; kill++) {
        int before = redrives.count();
        Child child = command.start(words);
        run.await(PATIENCE, () -> !child.isAlive() || redrives.count() > before);
        run.rest(Duration.ofMillis(random.nextInt(1_000)));
        run.check(
            Check.promise(
                "killed while it ran, " + more[more.length - 1] + " " + kill,
                "alive",
                child.isAlive() ? "alive" : "ended",
                child.isAlive()));
        child.kill();
        run.say("killed, %,d redriven".formatted(redrives.count()));
      }
      int open = redrives.count();
      Child last = command.start(words);
      run.await(PATIENCE, "done", () -> last.isAlive() ? redrives.count() : letters, letters);
      run.say("ended by itself, %,d redriven after %,d".formatted(redrives.count(), open));
      end(last);
    }

    private double rate() {
      return letters / 75.0;
    }

    private JsonNode end(Child child) {
      run.await(PATIENCE, () -> !child.isAlive());
      return RedriveCommand.told(child);
    }

    private void promise(String what, int wanted, int observed) {
      run.check(Check.promise(what, "= %,d".formatted(wanted), observed, observed == wanted));
    }
  }
}
