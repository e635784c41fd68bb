/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import io.streambed.schemas.ReplayChanges;
import io.streambed.schemas.ReplayPlan;
import io.streambed.schemas.ReplayRange;
import java.util.List;
import java.util.regex.Pattern;

/** What is said of plans in more than one place. */
public final class Plans {

  /** Asks everything as it was asked. */
  static final ReplayChanges NOTHING = ReplayChanges.newBuilder().build();

  private static final Pattern RUN = Pattern.compile("[a-zA-Z0-9._-]{1,100}");

  private Plans() {}

  /** Whether a text can be the id of a run: it stands in the names of topics. */
  public static boolean isRunId(String text) {
    return RUN.matcher(text).matches() && !text.equals("requests") && !text.equals("runs");
  }

  /** Offsets of the ranges together. */
  public static long offsets(List<ReplayRange> ranges) {
    return ranges.stream().mapToLong(one -> Math.max(0, one.getTo() - one.getFrom())).sum();
  }

  /** Whether the run's results go to a topic of its own. */
  public static boolean isApart(ReplayPlan plan) {
    return !plan.getResults().equals(plan.getEarlierResults());
  }
}
