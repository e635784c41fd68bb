/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.show;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.cli.compare.Pair;
import io.streambed.cli.compare.Side;
import io.streambed.cli.compare.Totals;
import io.streambed.cli.compare.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Old settlements against new ones, for people and for programs. */
public final class ComparisonTable {
  private ComparisonTable() {}

  /** Some of the pairs, a line each, for people. */
  public static List<String> lines(List<Pair> pairs) {
    Table table =
        new Table()
            .row(
                "ID",
                "ANSWER",
                "DISTANCE",
                "TOKENS OUT",
                "MONEY",
                "MODEL ms",
                "STOPPED",
                "DEAD LETTER");
    for (Pair pair : pairs) {
      Optional<Side> before = pair.before();
      Side after = pair.after();
      table.row(
          pair.id(),
          pair.verdict().name() + (pair.copied() ? ", copied" : ""),
          pair.distance().isPresent() ? distance(pair.distance().getAsDouble()) : "",
          both(before.map(it -> number(it.outputTokens())), number(after.outputTokens())),
          both(
              before.map(it -> Money.dollars(it.costPicoDollars())),
              Money.dollars(after.costPicoDollars())),
          both(before.map(it -> number(it.modelMillis())), number(after.modelMillis())),
          both(before.map(Side::stopReason), after.stopReason()),
          both(before.map(it -> it.failure().orElse("")), after.failure().orElse("")));
    }
    return table.lines();
  }

  /** The sum, for people. */
  public static List<String> lines(Totals totals) {
    List<String> lines = new ArrayList<>();
    Table answers = new Table().row("REQUESTS", number(totals.pairs()));
    for (Verdict verdict : Verdict.values()) {
      if (totals.verdict(verdict) > 0) {
        answers.row(
            "  " + verdict.name().toLowerCase(Locale.ROOT), number(totals.verdict(verdict)));
      }
    }
    answers.row("  copied", number(totals.copied()));
    lines.addAll(answers.lines());
    Table sums = new Table().row("", "OLD", "NEW", "CHANGE");
    row(sums, "tokens in", totals.input());
    row(sums, "tokens out", totals.output());
    sums.row(
        "money of the calls",
        Money.dollars(totals.cost().before()),
        Money.dollars(totals.cost().after()),
        change(totals.cost()));
    row(sums, "model ms, median", totals.millis(0.5));
    row(sums, "model ms, 99 of 100", totals.millis(0.99));
    totals.stopReasons().forEach((reason, its) -> row(sums, "stopped: " + reason, its));
    totals.failures().forEach((code, its) -> row(sums, "dead letter: " + code, its));
    lines.addAll(sums.lines());
    lines.add("the run spent " + Money.dollars(totals.spent()));
    double[] distances = totals.distances();
    if (distances.length > 0) {
      lines.add(
          "distance of %,d changed answers: median %s, 90 of 100 below %s, largest %s"
              .formatted(
                  distances.length,
                  distance(at(distances, 0.5)),
                  distance(at(distances, 0.9)),
                  distance(at(distances, 1))));
    }
    totals
        .unmeasured()
        .forEach((why, count) ->
            lines.add("distance of %,d changed answers not known: %s".formatted(count, why)));
    return lines;
  }

  /** The value below which a part of the sorted ones is. */
  private static double at(double[] sorted, double part) {
    return sorted[(int) Math.min(sorted.length - 1, sorted.length * part)];
  }

  private static void row(Table table, String name, Totals.Sums sums) {
    table.row(name, number(sums.before()), number(sums.after()), change(sums));
  }

  /** Change in percent; empty where there is nothing to compare with. */
  public static String change(Totals.Sums sums) {
    if (sums.before() == 0 || sums.before() == sums.after()) {
      return "";
    }
    return String.format(
        Locale.ROOT, "%+.1f %%", 100.0 * (sums.after() - sums.before()) / sums.before());
  }

  private static String both(Optional<String> before, String after) {
    String old = before.orElse("-");
    return old.equals(after)
        ? after
        : (old.isEmpty() ? "-" : old) + " → " + (after.isEmpty() ? "-" : after);
  }

  private static String distance(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A pair, for programs. */
  public static ObjectNode json(Pair pair, boolean payload) {
    ObjectNode made =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", pair.id())
            .put("tenant", pair.tenant())
            .put("source", pair.source().toString())
            .put("verdict", pair.verdict().name())
            .put("copied", pair.copied());
    pair.distance().ifPresent(it -> made.put("distance", it));
    pair.before().ifPresent(it -> made.set("before", side(it, payload)));
    made.set("after", side(pair.after(), payload));
    return made;
  }

  private static ObjectNode side(Side side, boolean payload) {
    ObjectNode made =
        JsonNodeFactory.instance
            .objectNode()
            .put("inputTokens", side.inputTokens())
            .put("outputTokens", side.outputTokens())
            .put("costPicoDollars", side.costPicoDollars())
            .put("modelMillis", side.modelMillis());
    side.failure().ifPresent(it -> made.put("deadLetter", it));
    if (!side.stopReason().isEmpty()) {
      made.put("stopReason", side.stopReason());
    }
    if (payload && !side.text().isEmpty()) {
      made.put("text", side.text());
    }
    return made;
  }

  /** The sum, for programs. */
  public static ObjectNode json(String run, Totals totals) {
    ObjectNode made =
        JsonNodeFactory.instance
            .objectNode()
            .put("run", run)
            .put("requests", totals.pairs())
            .put("copied", totals.copied())
            .put("spentPicoDollars", totals.spent());
    ObjectNode verdicts = made.putObject("verdicts");
    for (Verdict verdict : Verdict.values()) {
      verdicts.put(verdict.name(), totals.verdict(verdict));
    }
    put(made, "inputTokens", totals.input());
    put(made, "outputTokens", totals.output());
    put(made, "costPicoDollars", totals.cost());
    put(made, "modelMillisMedian", totals.millis(0.5));
    put(made, "modelMillis99", totals.millis(0.99));
    ObjectNode reasons = made.putObject("stopReasons");
    totals.stopReasons().forEach((reason, its) -> put(reasons, reason, its));
    ObjectNode failures = made.putObject("deadLetters");
    totals.failures().forEach((code, its) -> put(failures, code, its));
    double[] distances = totals.distances();
    if (distances.length > 0) {
      made.putObject("distance")
          .put("answers", distances.length)
          .put("median", at(distances, 0.5))
          .put("90of100", at(distances, 0.9))
          .put("largest", at(distances, 1));
    }
    if (!totals.unmeasured().isEmpty()) {
      ObjectNode unmeasured = made.putObject("unmeasured");
      totals.unmeasured().forEach(unmeasured::put);
    }
    return made;
  }

  private static void put(ObjectNode to, String name, Totals.Sums sums) {
    to.putObject(name).put("before", sums.before()).put("after", sums.after());
  }
}
