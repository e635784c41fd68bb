/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.show;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.cli.replay.Estimate;
import io.streambed.cli.replay.Plans;
import io.streambed.cli.replay.Share;
import io.streambed.cli.replay.Skip;
import io.streambed.schemas.ReplayPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An estimate for people and for programs. */
public final class EstimateTable {
  private EstimateTable() {}

  /** For people. */
  public static List<String> lines(String run, ReplayPlan plan, Estimate estimate, Share share) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "run %s of topic %s, %,d offsets; results to %s, dead letters to %s"
            .formatted(
                run,
                plan.getTopic(),
                Plans.offsets(plan.getRanges()),
                plan.getResults(),
                plan.getDeadLetters()));
    Table requests = new Table().row("RECORDS", number(estimate.read()), "");
    requests.row(
        "  known, free", number(estimate.known()), "copied, they do not enter the platform");
    requests.row("  equal, free", number(estimate.equal()), "ask what another of the run asks");
    requests.row(
        "  to be asked",
        number(estimate.calls()),
        "of these %s with the length of an earlier answer"
            .formatted(number(estimate.withLengths())));
    for (Skip why : Skip.values()) {
      if (estimate.skipped(why) > 0) {
        requests.row("  left out", number(estimate.skipped(why)), word(why));
      }
    }
    estimate.refusals().forEach((why, count) -> requests.row("    of these", number(count), why));
    if (estimate.deleted() > 0) {
      requests.row("NO RECORD", number(estimate.deleted()), "offsets deleted before");
    }
    if (estimate.missing() > 0) {
      requests.row(
          "NO RECORD",
          number(estimate.missing()),
          "offsets compacted away, or a transaction's own");
    }
    lines.addAll(requests.lines());
    if (estimate.calls() > 0) {
      Table lanes = new Table().row("LANE", "CALLS", "TOKENS IN", "OUT", "MONEY");
      for (Estimate.LaneSum sum : estimate.lanes()) {
        lanes.row(
            sum.lane().name(),
            number(sum.calls()),
            number(sum.inputTokens()),
            number(sum.outputTokens()),
            sum.picoDollars().map(it -> Money.dollars(Math.round(it))).orElse("no price"));
      }
      lines.addAll(lanes.lines());
      lines.add(
          "about %s, in about %s with %.0f %% of the quotas and open calls"
              .formatted(
                  Money.dollars(Math.round(estimate.picoDollars())),
                  estimate
                      .seconds(share)
                      .map(it -> RunLine.time(Duration.ofMillis((long) (it * 1000))))
                      .orElse("a time that nothing tells"),
                  100 * share.part()));
    }
    return lines;
  }

  private static String word(Skip why) {
    return switch (why) {
      case TOMBSTONE -> "without a value";
      case UNREADABLE -> "unreadable";
      case REFUSED -> "would be refused";
      case FILTERED -> "by the filters";
      case UNAFFECTED -> "by --only";
    };
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  /** For programs. */
  public static ObjectNode json(String run, ReplayPlan plan, Estimate estimate, Share share) {
    ObjectNode made =
        JsonNodeFactory.instance
            .objectNode()
            .put("run", run)
            .put("topic", plan.getTopic())
            .put("offsets", Plans.offsets(plan.getRanges()))
            .put("results", plan.getResults())
            .put("deadLetters", plan.getDeadLetters())
            .put("read", estimate.read())
            .put("known", estimate.known())
            .put("equal", estimate.equal())
            .put("calls", estimate.calls())
            .put("withLengths", estimate.withLengths())
            .put("picoDollars", Math.round(estimate.picoDollars()));
    estimate.seconds(share).ifPresent(it -> made.put("seconds", it));
    ObjectNode skipped = made.putObject("skipped");
    for (Skip why : Skip.values()) {
      skipped.put(why.name().toLowerCase(Locale.ROOT), estimate.skipped(why));
    }
    skipped.put("deleted", estimate.deleted()).put("missing", estimate.missing());
    ObjectNode refusals = made.putObject("refusals");
    estimate.refusals().forEach(refusals::put);
    ArrayNode lanes = made.putArray("lanes");
    for (Estimate.LaneSum sum : estimate.lanes()) {
      ObjectNode lane = lanes.addObject().put("lane", sum.lane().name());
      lane.put("calls", sum.calls())
          .put("inputTokens", Math.round(sum.inputTokens()))
          .put("outputTokens", Math.round(sum.outputTokens()));
      sum.picoDollars().ifPresent(it -> lane.put("picoDollars", Math.round(it)));
    }
    return made;
  }
}
