/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.letters.Selection;
import io.streambed.cli.redrive.Patch;
import io.streambed.cli.redrive.Patches;
import io.streambed.cli.redrive.Plan;
import io.streambed.cli.request.BadFieldException;
import io.streambed.processors.redrive.Redriving;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How requests are redriven. */
final class RedriveOptions {
  private static final String USUAL_MOST = "" + Redriving.USUAL_MOST;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Redrive at most N requests; with --run, at most N of all runs of that name together.")
  private @Nullable Integer limit;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Redrive at most N requests a second, such as 50 or 0.5.")
  private @Nullable Double rate;

  @Option(
      names = "--to",
      paramLabel = "TOPIC",
      description = "Publish all of them to this topic instead.")
  private @Nullable String to;

  @Option(
      names = "--patch",
      paramLabel = "NAME=VALUE",
      description =
          "Change the requests: "
              + Patch.FORMS
              + ". A time is such as 2026-11-20T12:00:00Z, or how long from now. May be repeated.")
  private List<String> patches = new ArrayList<>();

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = USUAL_MOST,
      description =
          "How often a request may be redriven before it is parked. Default: ${DEFAULT-VALUE}.")
  private int most;

  @Option(
      names = "--run",
      paramLabel = "NAME",
      description =
          "Name of the run, which each redriven request carries. Give the same to go on with a run that "
              + "was ended. Default: the time.")
  private @Nullable String run;

  /**
   * What is to be done.
   *
   * @throws BadFieldException if an option is wrong
   */
  Plan plan(Selection selection, Instant now) throws BadFieldException {
    if (limit != null && limit < 1) {
      throw BadFieldException.at("--limit", "must be 1 or more, is " + limit);
    }
    if (rate != null && !(rate > 0 && rate <= 1_000_000)) {
      throw BadFieldException.at("--rate", "must be above 0 and at most 1000000, is " + rate);
    }
    if (most < 1) {
      throw BadFieldException.at("--most", "must be 1 or more, is " + most);
    }
    if (run != null && (run.isBlank() || run.length() > 100)) {
      throw BadFieldException.at("--run", "must have 1 to 100 characters");
    }
    List<Patch> parsed = new ArrayList<>();
    for (String patch : patches) {
      parsed.add(Patch.parse(patch, now));
    }
    String name = run == null ? now.truncatedTo(ChronoUnit.MILLIS).toString() : run;
    return new Plan(
        selection,
        new Redriving(name, most),
        limit == null ? OptionalInt.empty() : OptionalInt.of(limit),
        rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate),
        Optional.ofNullable(to),
        new Patches(parsed));
  }
}
