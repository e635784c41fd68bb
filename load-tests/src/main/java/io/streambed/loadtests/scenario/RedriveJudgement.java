/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import io.streambed.loadtests.bench.Redrives;
import io.streambed.loadtests.figures.Check;
import io.streambed.loadtests.figures.Table;
import io.streambed.loadtests.judgement.Settlement;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.Redrive;
import io.streambed.schemas.RedriveOutcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Compares what was to be redriven with what was, what was said of it, and what came of it. */
record RedriveJudgement(Run run, Redrives redrives, List<Settlement> settlements) {

  private static final int STRETCH_SECONDS = 5;

  /** A JVM takes longer to start than half of the stretch. */
  private static final int STARTS = 3;

  static String place(DeadLetter letter) {
    return letter.getSourceTopic()
        + "-"
        + letter.getSourcePartition()
        + "-"
        + letter.getSourceOffset();
  }

  private static String place(Redrive said) {
    return said.getSourceTopic() + "-" + said.getSourcePartition() + "-" + said.getSourceOffset();
  }

  /**
   * Judges.
   *
   * @param letters how many dead letters there were at first
   * @param chosen places of the requests that were to be redriven once
   * @param hopeless places of those that were to be redriven three times and then parked
   * @param rate most requests a second of the runs that had one
   */
  void judge(int letters, Set<String> chosen, Set<String> hopeless, double rate) {
    Map<String, Integer> times = new HashMap<>();
    Map<String, String> from = new HashMap<>();
    for (Redrives.Again again : redrives.again()) {
      times.merge(again.of(), 1, Integer::sum);
      from.put(again.at(), again.of());
    }
    long twice = times.values().stream().filter(n -> n > 1).count();
    long missing = chosen.stream().filter(place -> !times.containsKey(place)).count();
    Set<String> first = new HashSet<>(times.keySet());
    first.removeAll(from.keySet());
    first.removeAll(chosen);
    first.removeAll(hopeless);
    none("redriven twice", twice);
    none("chosen and not redriven", missing);
    none("redriven and not chosen", first.size());
    List<Redrive> all = redrives.said();
    told(all, times, from, hopeless);
    for (String name : List.of("capped", "rest")) {
      paced(name, all.stream().filter(said -> said.getRun().equals(name)).toList(), rate);
    }
    settled(letters, chosen, hopeless);
  }

  /** In no stretch of time went more than the rate, and a slice for each start. */
  private void paced(String name, List<Redrive> said, double rate) {
    long[] millis =
        said.stream().mapToLong(one -> one.getWrittenAt().toEpochMilli()).sorted().toArray();
    int most = 0;
    int first = 0;
    for (int last = 0; last < millis.length; last++) {
      while (millis[last] - millis[first] >= STRETCH_SECONDS * 1000L) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    double allowed = rate * STRETCH_SECONDS + STARTS * Math.min(500, rate / 2);
    run.check(
        Check.promise(
            "most in %d s of the run %s".formatted(STRETCH_SECONDS, name),
            "≤ %.0f".formatted(allowed),
            most,
            most > 0 && most <= allowed));
  }

  private void told(
      List<Redrive> all,
      Map<String, Integer> times,
      Map<String, String> from,
      Set<String> hopeless) {
    long untrue = 0;
    Set<String> redriven = new HashSet<>();
    Map<RedriveOutcome, Integer> outcomes = new TreeMap<>();
    for (Redrive said : all) {
      outcomes.merge(said.getOutcome(), 1, Integer::sum);
      if (said.getOutcome() == RedriveOutcome.REDRIVEN) {
        String at = said.getTopic().orElse("") + "-" + said.getPartition() + "-" + said.getOffset();
        untrue += place(said).equals(from.get(at)) && redriven.add(place(said)) ? 0 : 1;
      }
    }
    Set<String> untold = new HashSet<>(times.keySet());
    untold.removeAll(redriven);
    none("redriven and not told", untold.size());
    none("told and not so", untrue);
    int parked = outcomes.getOrDefault(RedriveOutcome.PARKED, 0);
    run.check(
        Check.promise(
            "parked", "= %,d".formatted(hopeless.size()), parked, parked == hopeless.size()));
    Table table = Table.of("What is told", "outcome", "records");
    for (Map.Entry<RedriveOutcome, Integer> one : outcomes.entrySet()) {
      table = table.row(one.getKey(), one.getValue());
    }
    run.table(table);
  }

  /** Each chosen one failed once and was answered once, each hopeless one failed four times. */
  private void settled(int letters, Set<String> chosen, Set<String> hopeless) {
    Map<String, int[]> byId = new HashMap<>();
    for (Settlement one : settlements) {
      byId.computeIfAbsent(one.id(), id -> new int[2])[one.deadLetter().isPresent() ? 0 : 1]++;
    }
    Map<String, Integer> kinds = new TreeMap<>();
    byId.values()
        .forEach(n -> kinds.merge(n[0] + " dead letters, " + n[1] + " results", 1, Integer::sum));
    Map<String, Integer> wanted = new TreeMap<>();
    wanted.put("1 dead letters, 1 results", chosen.size());
    wanted.put("4 dead letters, 0 results", hopeless.size());
    wanted.put("1 dead letters, 0 results", letters - chosen.size() - hopeless.size());
    run.check(
        Check.promise(
            "settlements of each request", wanted.toString(), kinds, kinds.equals(wanted)));
  }

  private void none(String what, long count) {
    run.check(Check.promise(what, "0", count, count == 0));
  }
}
