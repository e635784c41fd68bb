/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.show;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.cli.redrive.Forecast;
import io.streambed.cli.redrive.Plan;
import io.streambed.cli.redrive.Tally;
import io.streambed.processors.redrive.Skip;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a run has done, or would do. */
public final class RedriveReport {
  private final Plan plan;
  private final Tally tally;

  /** A report. */
  public RedriveReport(Plan plan, Tally tally) {
    this.plan = plan;
    this.tally = tally;
  }

  /** What was done, for people. */
  public List<String> done() {
    List<String> lines = new ArrayList<>();
    new TreeMap<>(tally.byTopic())
        .forEach((topic, count) -> lines.add(number(count) + " to " + topic));
    lines.addAll(left());
    lines.add(
        "redriven %s, parked %s, redriven before %s, skipped %s, left %s, by the run %s"
            .formatted(
                number(tally.redriven()),
                number(tally.parked() + tally.parkedBefore()),
                number(tally.done()),
                number(skipped()),
                number(tally.left()),
                plan.redriving().run()));
    return lines;
  }

  /** What would be done, for people. */
  public List<String> foreseen(Forecast forecast) {
    Table table =
        new Table()
            .row("WOULD GO TO", "REQUESTS", "REFUSED AGAIN", "CALLS, AT MOST", "ABOUT", "AT MOST");
    forecast.byTopic().forEach((topic, sum) -> table.row(cells(topic, sum)));
    if (forecast.byTopic().size() > 1) {
      table.row(cells("all", forecast.total()));
    }
    List<String> lines = new ArrayList<>(table.lines());
    forecast
        .refused()
        .forEach((code, count) ->
            lines.add(number(count) + " would be dead letters again at once: " + code));
    Forecast.Sum total = forecast.total();
    if (total.unpriced() > 0) {
      lines.add(
          number(total.unpriced()) + " calls are of models without a price, not in the money");
    }
    if (total.unknown() > 0) {
      lines.add(number(total.unknown()) + " calls have no like of the last days, not in ABOUT");
    }
    lines.addAll(left());
    lines.add(
        "nothing was published: would redrive %s, park %s, skip %s; redriven before %s, left %s"
            .formatted(
                number(tally.redriven()),
                number(tally.parked() + tally.parkedBefore()),
                number(skipped()),
                number(tally.done()),
                number(tally.left())));
    return lines;
  }

  private static String[] cells(String topic, Forecast.Sum sum) {
    return new String[] {
      topic,
      number(sum.requests()),
      number(sum.refused()),
      number(sum.calls()),
      Money.dollars(sum.about()),
      Money.dollars(sum.atMost())
    };
  }

  private List<String> left() {
    List<String> lines = new ArrayList<>();
    new TreeMap<>(tally.skipped())
        .forEach((reason, count) -> lines.add(number(count) + " skipped: " + reason.meaning()));
    if (tally.unreadable() > 0) {
      lines.add(number(tally.unreadable()) + " records are no dead letters and were passed over");
    }
    return lines;
  }

  /** What was done, for programs. */
  public List<String> doneJson() {
    return List.of(counts().toString());
  }

  /** What would be done, for programs. */
  public List<String> foreseenJson(Forecast forecast) {
    ObjectNode node = counts().put("dryRun", true);
    ObjectNode topics = node.putObject("forecast");
    forecast
        .byTopic()
        .forEach((topic, sum) ->
            topics
                .putObject(topic)
                .put("requests", sum.requests())
                .put("refusedAgain", sum.refused())
                .put("callsAtMost", sum.calls())
                .put("aboutPicoDollars", sum.about())
                .put("callsWithoutLike", sum.unknown())
                .put("atMostPicoDollars", sum.atMost())
                .put("callsWithoutPrice", sum.unpriced()));
    return List.of(node.toString());
  }

  private ObjectNode counts() {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("run", plan.redriving().run())
            .put("redriven", tally.redriven())
            .put("parked", tally.parked())
            .put("parkedBefore", tally.parkedBefore())
            .put("redrivenBefore", tally.done())
            .put("left", tally.left())
            .put("unreadable", tally.unreadable());
    ObjectNode topics = node.putObject("byTopic");
    new TreeMap<>(tally.byTopic()).forEach(topics::put);
    ObjectNode reasons = node.putObject("skipped");
    for (Map.Entry<Skip, Integer> one : new TreeMap<>(tally.skipped()).entrySet()) {
      reasons.put(one.getKey().name(), one.getValue());
    }
    return node;
  }

  private int skipped() {
    return tally.skipped().values().stream().mapToInt(Integer::intValue).sum();
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
