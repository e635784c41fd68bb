/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Old against new in sum. Only requests that were settled both times count for what is compared of
 * them. Not for use by several threads.
 */
public final class Totals {

  /** A sum of one kind on both sides. */
  public record Sums(long before, long after) {
    Sums plus(long old, long its) {
      return new Sums(before + old, after + its);
    }
  }

  private final Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
  private final Map<String, Sums> stopReasons = new TreeMap<>();
  private final Map<String, Sums> failures = new TreeMap<>();
  private final List<Long> millisBefore = new ArrayList<>();
  private final List<Long> millisAfter = new ArrayList<>();
  private final List<Double> distances = new ArrayList<>();
  private final Map<String, Long> unmeasured = new TreeMap<>();
  private Sums input = new Sums(0, 0);
  private Sums output = new Sums(0, 0);
  private Sums cost = new Sums(0, 0);
  private long pairs;
  private long copied;
  private long spent;

  /** Adds a request. */
  public void add(Pair pair) {
    pairs++;
    copied += pair.copied() ? 1 : 0;
    spent += pair.copied() ? 0 : pair.after().settlement().costPicoDollars();
    verdicts.merge(pair.verdict(), 1L, Long::sum);
    pair.distance().ifPresent(distances::add);
    count(pair.before(), pair.after());
    if (pair.before().isEmpty()) {
      return;
    }
    Side before = pair.before().get();
    Side after = pair.after();
    input = input.plus(before.inputTokens(), after.inputTokens());
    output = output.plus(before.outputTokens(), after.outputTokens());
    cost = cost.plus(before.costPicoDollars(), after.costPicoDollars());
    if (before.isAnswer() && after.isAnswer() && !pair.copied()) {
      millisBefore.add(before.modelMillis());
      millisAfter.add(after.modelMillis());
    }
  }

  /**
   * Notes changed answers whose distance was wanted and is not known.
   *
   * @param why in a few words
   */
  public void unmeasured(String why, long answers) {
    unmeasured.merge(why, answers, Long::sum);
  }

  private void count(Optional<Side> before, Side after) {
    before.ifPresent(side -> count(side, 1, 0));
    count(after, 0, 1);
  }

  private void count(Side side, long old, long its) {
    Map<String, Sums> counts = side.isAnswer() ? stopReasons : failures;
    String word = side.failure().orElse(side.stopReason().isEmpty() ? "-" : side.stopReason());
    counts.put(word, counts.getOrDefault(word, new Sums(0, 0)).plus(old, its));
  }

  /** Requests of the run that are settled. */
  public long pairs() {
    return pairs;
  }

  /** Those that the run answered with what was known. */
  public long copied() {
    return copied;
  }

  /** How many there are of each verdict. */
  public long verdict(Verdict verdict) {
    return verdicts.getOrDefault(verdict, 0L);
  }

  /** Input tokens. */
  public Sums input() {
    return input;
  }

  /** Output tokens. */
  public Sums output() {
    return output;
  }

  /** What the calls cost that made the answers, in pico-dollars, whoever paid for them. */
  public Sums cost() {
    return cost;
  }

  /** What the run itself spent, in pico-dollars. */
  public long spent() {
    return spent;
  }

  /** How many answers stopped for which reason. */
  public Map<String, Sums> stopReasons() {
    return new TreeMap<>(stopReasons);
  }

  /** How many dead letters there are of each code. */
  public Map<String, Sums> failures() {
    return new TreeMap<>(failures);
  }

  /**
   * Milliseconds below which a part of the calls took, of those that were made anew.
   *
   * @param part such as 0.5 or 0.99
   */
  public Sums millis(double part) {
    return new Sums(quantile(millisBefore, part), quantile(millisAfter, part));
  }

  /** How many changed answers have no distance though it was wanted, by why. */
  public Map<String, Long> unmeasured() {
    return new TreeMap<>(unmeasured);
  }

  /** Distances of answers, the smallest first. */
  public double[] distances() {
    double[] all = distances.stream().mapToDouble(it -> it).toArray();
    Arrays.sort(all);
    return all;
  }

  private static long quantile(List<Long> values, double part) {
    if (values.isEmpty()) {
      return 0;
    }
    long[] sorted = values.stream().mapToLong(it -> it).toArray();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1L, (long) (part * sorted.length))];
  }
}
