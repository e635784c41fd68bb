/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests;

import io.streambed.loadtests.figures.Check;
import io.streambed.loadtests.figures.Report;
import io.streambed.loadtests.figures.ReportFiles;
import io.streambed.loadtests.figures.Versions;
import io.streambed.loadtests.process.Children;
import io.streambed.loadtests.scenario.Run;
import io.streambed.loadtests.scenario.RunOptions;
import io.streambed.loadtests.scenario.Scenario;
import io.streambed.loadtests.scenario.Scenarios;
import io.streambed.loadtests.subject.PeerSubject;
import io.streambed.loadtests.subject.StreambedSubject;
import io.streambed.loadtests.subject.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a scenario, or lists them; {@code load-tests/run} starts it. */
@Command(
    name = "load-tests/run",
    header = "Measure Streambed, and check its promises, on this machine.",
    description = {
      "Builds what it needs, starts processes of its own on free ports of this machine, stops by itself, "
          + "and leaves tables, JSON, charts and logs in load-tests/results/. Without a name it lists the "
          + "scenarios."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every promise was kept; targets may be missed, the table says which",
      "1:a promise was broken, or the run failed",
      "2:wrong usage",
      "3:it took too long and was ended"
    },
    subcommands = ReportCommand.class)
public final class Main implements Callable<Integer> {
  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private static final int WHOLE_REPEATS = 3;
  private static final int SEEDS = 1_000_000;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "NN-name",
      description = "Scenario, such as 02 or 02-throughput.")
  private @Nullable String name;

  @Option(names = "--quick", description = "A short run: figures of young JVMs, measured once.")
  private boolean quick;

  @Option(
      names = "--peer",
      paramLabel = "NAME[@MS]",
      description =
          "Measure a peer beside, a folder of load-tests/peers/, with commits MS milliseconds apart; may be given again.")
  private List<String> peers = new ArrayList<>();

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "How often to measure everything; otherwise " + WHOLE_REPEATS + ", quick once.")
  private int repeats;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of what is random, such as the moments of kills; a run tells its own.")
  private @Nullable Long seed;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "How long 10-soak lasts; otherwise an hour, quick 3 minutes.")
  private int minutes;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description =
          "Of a scenario with a table of rows, such as 09, only this row; may be given again.")
  private List<String> only = new ArrayList<>();

  /** Ends the JVM with an exit code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    if (name == null) {
      Scenarios.ALL.forEach(one -> System.out.printf("%-14s %s%n", one.name(), one.question()));
      return 0;
    }
    String wanted = name;
    Scenario scenario =
        Scenarios.named(wanted)
            .orElseThrow(() ->
                new ParameterException(
                    spec.commandLine(), "there is no scenario " + wanted + "; see load-tests/run"));
    return run(scenario, options());
  }

  private RunOptions options() {
    List<Subject> others = new ArrayList<>();
    for (String peer : peers) {
      try {
        others.add(PeerSubject.of(root(), peer));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage(), e);
      }
    }
    int times = repeats > 0 ? repeats : quick ? 1 : WHOLE_REPEATS;
    long chance = seed != null ? seed : System.currentTimeMillis() % SEEDS;
    return new RunOptions(
        quick, times, chance, minutes, new StreambedSubject(root()), others, only);
  }

  private static int run(Scenario scenario, RunOptions options) throws IOException {
    Path folder =
        Files.createDirectories(
            root()
                .resolve("load-tests/results")
                .resolve(FOLDER.format(Instant.now()) + "-" + scenario.name()));
    Report report;
    try (Children children =
        new Children(
            folder,
            scenario
                .limit(options.quick(), options.peers().size() + 1, options.repeats())
                .plusMinutes(options.minutes()))) {
      Run run = new Run(scenario, options, children);
      try {
        scenario.run(run);
      } catch (RuntimeException e) {
        // What was measured until then may have taken an hour.
        e.printStackTrace();
        run.check(
            Check.promise(
                "it went through to its end", "yes", e.getClass().getSimpleName(), false));
      }
      report = run.report(Versions.all(root()));
    }
    ReportFiles.write(report, folder);
    System.out.println(report.markdown());
    System.err.println("tables, JSON, charts and logs: " + folder);
    return report.passed() ? 0 : 1;
  }

  /** Folder of the project; the launcher says it. */
  static Path root() {
    return Path.of(System.getProperty("streambed.root", "."));
  }
}
