/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformancePageTest {
  private static final Path PAGE = Path.of("..", "docs", "performance.md");
  private static final Path REFERENCES = Path.of("..", "docs", "performance");

  @TempDir Path folder;

  @Test
  void thePageSaysWhatTheReferenceRunsHaveShown() throws IOException {
    // Given
    String wanted = PerformancePage.of(ReportFiles.read(REFERENCES));
    if (System.getProperty("regenerate") != null) {
      Files.writeString(PAGE, wanted);
    }

    // When
    String committed = Files.readString(PAGE);

    // Then
    assertThat(committed)
        .as("docs/performance.md is not what docs/performance/*.json says; load-tests/run report")
        .isEqualTo(wanted);
  }

  @Test
  void aReportIsReadAsItWasWrittenWithEveryFigure() throws IOException {
    // Given
    Figures figures = new Figures();
    figures.add("a.rate", "jobs/s", 3);
    figures.add("a.rate", "jobs/s", 1);
    figures.add("a.rate", "jobs/s", 2);
    Report report =
        new Report(
            "00-example",
            "Is it so?",
            "2026-01-01T00:00:00Z",
            true,
            new Machine("a cpu", 2, "24 GiB", "a kernel", "a jvm"),
            Map.of("Kafka", "1"),
            Map.of("rate", "9"),
            0.5,
            List.of(
                Table.of("Rates", "", "jobs/s").row("a", figures.cell("a.rate")).note("So it is.")),
            List.of(Check.promise("lost", "0", 1L, false), Check.target("rate", "≥ 1", 2.0, true)),
            figures.all(),
            List.of(new Bars("Rates", "jobs/s", List.of("a"), Map.of("one", List.of(2.0)))));

    // When
    ReportFiles.write(report, folder);
    List<Report> read = ReportFiles.read(folder);

    // Then
    assertThat(read).containsExactly(report);
    assertThat(read.getFirst().passed()).isFalse();
    assertThat(folder.resolve("chart-1.png")).isNotEmptyFile();
    assertThat(PerformancePage.of(read))
        .contains("| a | 2.00 (1.00–3.00) |")
        .contains("| **BROKEN** | lost | 0 | 1 |")
        .contains("| kept | rate | ≥ 1 | 2.00 |")
        .contains("noisy");
  }
}
