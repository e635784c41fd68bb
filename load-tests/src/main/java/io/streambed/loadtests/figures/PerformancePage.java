/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.figures;

import java.util.List;

/** The page of reference runs. */
public final class PerformancePage {
  private PerformancePage() {}

  /** As Markdown, from reports in their order. */
  public static String of(List<Report> reports) {
    StringBuilder text =
        new StringBuilder(
            """
            # Performance

            Generated from the reference runs in `docs/performance/`, one JSON file each; a test holds it equal. \
            To take one up: `load-tests/run report RESULT...`, where RESULT is a folder of `load-tests/results/`. \
            To see for yourself, run the scenarios: [load-tests/README.md](../load-tests/README.md).

            Runs are of several machines, and those of one name can differ in speed: compare what is within one run, \
            and not times of one with times of another.

            """);
    if (reports.isEmpty()) {
      text.append("There is no reference run yet.\n");
    }
    for (Report report : reports) {
      text.append(report.markdown()).append('\n');
    }
    return text.toString().stripTrailing() + "\n";
  }
}
