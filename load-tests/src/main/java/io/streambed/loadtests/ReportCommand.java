/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests;

import io.streambed.loadtests.figures.PerformancePage;
import io.streambed.loadtests.figures.Report;
import io.streambed.loadtests.figures.ReportFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes up results as reference runs and writes {@code docs/performance.md} from all of these. */
@Command(
    name = "report",
    header = "Take up results as reference runs, and write docs/performance.md from all of these.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "RESULT",
      description = "Folders of load-tests/results/; each replaces the reference of its scenario.")
  private List<Path> results = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    Path references = Files.createDirectories(Main.root().resolve("docs/performance"));
    for (Path result : results) {
      Report report = ReportFiles.read(result).getFirst();
      Files.writeString(references.resolve(report.scenario() + ".json"), ReportFiles.json(report));
    }
    Path page = Main.root().resolve("docs/performance.md");
    Files.writeString(page, PerformancePage.of(ReportFiles.read(references)));
    System.out.println(page);
    return 0;
  }
}
