/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.figures;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reports as files: {@code report.md}, {@code report.json} and a PNG a chart. */
public final class ReportFiles {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ReportFiles() {}

  /** Writes all of them into a folder. */
  public static void write(Report report, Path folder) {
    try {
      Files.writeString(folder.resolve("report.md"), report.markdown());
      Files.writeString(folder.resolve("report.json"), json(report));
      for (int n = 0; n < report.charts().size(); n++) {
        Chart.write(report.charts().get(n), folder.resolve("chart-" + (n + 1) + ".png"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As JSON, which {@link #read} reads. */
  public static String json(Report report) throws IOException {
    return JSON.writeValueAsString(report) + "\n";
  }

  /** The reports in a folder: each file that ends in {@code .json}, by name. */
  public static List<Report> read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(ReportFiles::readOne)
          .toList();
    }
  }

  private static Report readOne(Path file) {
    try {
      return JSON.readValue(file.toFile(), Report.class);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is no report", e);
    }
  }
}
