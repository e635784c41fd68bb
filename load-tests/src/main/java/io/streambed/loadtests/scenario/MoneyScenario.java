/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import io.streambed.loadtests.bench.AttemptLog;
import io.streambed.loadtests.bench.Bench;
import io.streambed.loadtests.figures.Check;
import io.streambed.loadtests.figures.Table;
import io.streambed.loadtests.judgement.Call;
import io.streambed.loadtests.judgement.Evidence;
import io.streambed.loadtests.judgement.Finding;
import io.streambed.loadtests.judgement.Judgement;
import io.streambed.loadtests.judgement.Usage;
import io.streambed.loadtests.service.Batch;
import io.streambed.loadtests.service.TenantMix;
import io.streambed.loadtests.subject.SubjectSettings;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Instances that are killed and moved while the model fails and throttles at random, and tenants
 * with budgets, one of which is spent on the way: what was told against what was billed.
 */
final class MoneyScenario implements Scenario {
  private static final int LIMIT = 300;
  private static final TenantMix TENANTS = new TenantMix(4, 3);
  private static final Duration DRAIN = Duration.ofMinutes(10);

  /** The tenant that has less than its requests cost. */
  private static final int POOR = 2;

  /** One that has a budget and more than it needs. */
  private static final int RICH = 3;

  private static final double PICOS = 1e12;
  private static final String SPENT = "BUDGET_SPENT";

  private static final List<String> FAULTS =
      List.of(
          "{\"effect\":\"error\",\"type\":\"ThrottlingException\",\"rate\":0.03}",
          "{\"effect\":\"error\",\"type\":\"InternalServerException\",\"rate\":0.03}",
          "{\"effect\":\"cut-connection\",\"rate\":0.02}");

  @Override
  public String name() {
    return "13-money";
  }

  @Override
  public String question() {
    return "Through kills, moves, errors and throttling: is every settled call told at what it cost,"
        + " every other at no less, and no budget overshot?";
  }

  @Override
  public Duration limit(boolean quick, int subjects, int repeats) {
    return Duration.ofMinutes(quick ? 12 : 40L * repeats);
  }

  @Override
  public void run(Run run) {
    Random random = new Random(run.seed());
    for (int repeat = 0; repeat < run.repeats(); repeat++) {
      measure(run, random);
    }
  }

  private static void measure(Run run, Random random) {
    int rate = run.either(40, 60);
    int requests = rate * run.either(75, 900);
    int kills = run.either(4, 30);
    // A request is billed at about 0.0009 dollars, and a lost answer counts with six times as much.
    double poor = requests / 6.0 * 0.0007;
    run.setting("requests", requests);
    run.setting("kills", kills);
    run.setting("budget of the one that spends it", "%.2f USD a day".formatted(poor));
    try (Bench bench = run.bench()) {
      bench.standIn().takesBetween(Duration.ofMillis(500), Duration.ofMillis(1_500));
      Fleet fleet = new Fleet(run, bench, LIMIT, settings -> budgeted(settings, poor));
      fleet.start(List.of("streambed-1", "streambed-2"));
      fleet.awaitBalance(0);
      FAULTS.forEach(bench.standIn()::fault);
      try (AttemptLog attempts = bench.attemptLog()) {
        CompletableFuture<Void> load =
            bench.load().begin(Batch.backlog(1, requests).perSecond(rate).tenants(TENANTS));
        int moves = disturb(run, bench, fleet, attempts, random, kills, load);
        load.join();
        bench.standIn().noFaults();
        run.await(DRAIN, () -> bench.verifier().settled() >= requests);
        fleet.stopAll();
        Evidence evidence = bench.evidence();
        attempts.read();
        Judgement judgement = Judgement.of(evidence);
        run.judged(
            run.streambed(),
            "%,d requests, %d kills, %d moves".formatted(requests, kills, moves),
            judgement);
        show(run, judgement);
        budgets(run, evidence, poor);
      }
    }
  }

  private static SubjectSettings budgeted(SubjectSettings settings, double poor) {
    return settings
        .with("tenants." + TenantMix.name(POOR) + ".budget.daily", "%.6f".formatted(poor))
        .with("tenants." + TenantMix.name(RICH) + ".budget.monthly", "100000")
        .with("retry.max.attempts", 20);
  }

  /** Kills now one and now the other; every third time one leaves in order and comes back. */
  private static int disturb(
      Run run,
      Bench bench,
      Fleet fleet,
      AttemptLog attempts,
      Random random,
      int kills,
      CompletableFuture<Void> load) {
    int moves = 0;
    for (int n = 0; n < kills; n++) {
      run.rest(Duration.ofMillis(3_000 + random.nextInt(run.either(6_000, 20_000))));
      attempts.read();
      String victim = "streambed-" + (1 + random.nextInt(2));
      run.say(
          "killing %s, %,d settled%s"
              .formatted(victim, bench.verifier().settled(), load.isDone() ? ", all sent" : ""));
      fleet.kill(victim);
      fleet.start(List.of(victim));
      if (n % 3 == 2) {
        String leaver = "streambed-" + (1 + random.nextInt(2));
        fleet.stop(leaver);
        fleet.start(List.of(leaver));
        moves++;
      }
    }
    return moves;
  }

  private static void show(Run run, Judgement judgement) {
    Table table = Table.of("What was looked for", "", "number", "means");
    for (Finding finding : judgement.findings()) {
      table = table.row(finding.what(), finding.count(), finding.meaning());
    }
    run.table(table);
  }

  private static void budgets(Run run, Evidence evidence, double poor) {
    Table table =
        Table.of(
            "Money by tenant", "", "billed USD", "told USD, at the most", "budget USD", "refused");
    for (int tenant = 1; tenant <= TENANTS.tenants(); tenant++) {
      String name = TenantMix.name(tenant);
      int its = tenant;
      double billed =
          evidence.calls().stream()
                  .filter(call -> call.tenant().equals(name))
                  .mapToLong(Call::costPicos)
                  .sum()
              / PICOS;
      double told =
          evidence.usage().stream()
                  .filter(usage -> usage.tenant().equals(name))
                  .mapToLong(Usage::costPicos)
                  .sum()
              / PICOS;
      long refused =
          evidence.settlements().stream()
              .filter(one -> TENANTS.of(Integer.parseInt(one.id().substring(2))) == its)
              .filter(one -> one.deadLetter().map(SPENT::equals).orElse(false))
              .count();
      boolean limited = tenant == POOR;
      table =
          table.row(
              name,
              "%.4f".formatted(billed),
              "%.4f".formatted(told),
              limited ? "%.4f".formatted(poor) : "–",
              refused);
      if (limited) {
        run.check(
            Check.promise(
                "billed of a budget that is spent", "≤ 1", billed / poor, billed <= poor));
        run.check(
            Check.promise(
                "told of it, possibly billed calls at the most", "≤ 1", told / poor, told <= poor));
        run.check(Check.target("used of it", "≥ 0.9", told / poor, told >= 0.9 * poor));
        run.check(Check.promise("refused because it is spent", "some", refused, refused > 0));
      } else {
        run.check(Check.promise("refused of " + name, "0", refused, refused == 0));
      }
    }
    run.table(table);
  }
}
