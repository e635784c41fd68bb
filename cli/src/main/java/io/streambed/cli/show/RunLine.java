/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.show;

import io.streambed.cli.rerun.Ending;
import io.streambed.cli.rerun.Report;
import io.streambed.schemas.ReplayCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How far a run is, in a line or two. */
public final class RunLine {
  private RunLine() {}

  /** The lines. */
  public static List<String> of(Report report) {
    ReplayCounts counts = report.progress().getCounts();
    String line =
        String.format(
            Locale.ROOT,
            "%,d of %,d offsets; %,d asked, %,d of them settled, %,d copied, %s spent; %s",
            report.done(),
            report.offsets(),
            counts.getSubmitted(),
            report.settled(),
            counts.getCopied(),
            Money.dollars(report.spentPicoDollars()),
            report
                .left()
                .map(it -> it.isZero() ? last(report) : "about " + time(it) + " left")
                .orElse("time left unknown"));
    String skipped = skipped(counts);
    return skipped.isEmpty() ? List.of(line) : List.of(line, "left out: " + skipped);
  }

  private static String last(Report report) {
    return report.open() == 0 ? "nothing is open" : "waiting for the last";
  }

  /** What was left out and why; empty where nothing was. */
  public static String skipped(ReplayCounts counts) {
    List<String> parts = new ArrayList<>();
    add(parts, counts.getFiltered(), "by the filters");
    add(parts, counts.getUnaffected(), "by --only");
    add(parts, counts.getRefused(), "that would be refused");
    add(parts, counts.getUnreadable(), "unreadable");
    add(parts, counts.getTombstones(), "without a value");
    add(parts, counts.getDeleted(), "offsets deleted before");
    add(parts, counts.getMissing(), "offsets without a record");
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(String.format(Locale.ROOT, "%,d %s", count, what));
    }
  }

  /** An ending in words. */
  public static String word(Ending ending) {
    return switch (ending) {
      case DONE -> "done, everything is settled";
      case PAUSED -> "paused, nothing of it is open";
      case CANCELLED -> "cancelled; what it had asked by then is settled by the platform";
      case COST_REACHED -> "stopped, because the next request could cost more than --max-cost";
      case STOPPED -> "left as it is; what it had asked is settled by the platform";
    };
  }

  /** A time as people say it. */
  public static String time(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 120) {
      return Math.max(1, seconds) + " s";
    }
    return seconds < 2 * 3600
        ? seconds / 60 + " min"
        : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
  }
}
