/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import io.streambed.loadtests.bench.Bench;
import io.streambed.loadtests.fault.Fault;
import io.streambed.loadtests.fault.ModelFaults;
import io.streambed.loadtests.fault.OwnFaults;
import io.streambed.loadtests.fault.PlatformFaults;
import io.streambed.loadtests.fault.RecordFaults;
import io.streambed.loadtests.fault.Stage;
import io.streambed.loadtests.fault.StartFaults;
import io.streambed.loadtests.figures.Check;
import io.streambed.loadtests.figures.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A table of faults: what is documented to follow, and what follows. */
final class FaultsScenario implements Scenario {

  @Override
  public String name() {
    return "09-faults";
  }

  @Override
  public String question() {
    return "Does what is documented follow from each fault, and is nothing lost, given twice or"
        + " billed wrong meanwhile?";
  }

  @Override
  public Duration limit(boolean quick, int subjects, int repeats) {
    return Duration.ofMinutes(quick ? 15 : 25);
  }

  @Override
  public void run(Run run) {
    Map<Fault, String> observed = new LinkedHashMap<>();
    try (Bench bench = Bench.withAccessControl(run.children())) {
      bench.standIn().takes(Duration.ofMillis(50));
      try (Stage stage = new Stage(bench, run.streambed(), run.quick())) {
        together(run, stage, observed, RecordFaults.all());
        together(run, stage, observed, ModelFaults.all());
        together(run, stage, observed, StartFaults.all());
        for (Fault fault : OwnFaults.all()) {
          together(run, stage, observed, List.of(fault));
        }
        for (Fault fault : PlatformFaults.all()) {
          together(run, stage, observed, List.of(fault));
        }
        run.rest(Duration.ofSeconds(1));
        run.judged(run.streambed(), "%d faults".formatted(observed.size()), stage.judge());
      }
    }
    show(run, observed);
  }

  private static void together(
      Run run, Stage stage, Map<Fault, String> observed, List<Fault> faults) {
    Map<Fault, Supplier<String>> begun = new LinkedHashMap<>();
    for (Fault fault : faults) {
      if (run.wants(fault.name())) {
        run.say(fault.name());
        begun.put(fault, begin(stage, fault));
      }
    }
    begun.forEach((fault, outcome) -> observed.put(fault, see(outcome)));
  }

  private static Supplier<String> begin(Stage stage, Fault fault) {
    try {
      return fault.trial().begin(stage.row(fault));
    } catch (RuntimeException e) {
      return () -> failed(e);
    }
  }

  private static String see(Supplier<String> outcome) {
    try {
      return outcome.get();
    } catch (RuntimeException e) {
      return failed(e);
    }
  }

  /** One row that fails must not cost the others. */
  private static String failed(RuntimeException e) {
    e.printStackTrace();
    // More lines, such as those of a log, have no place in a table.
    return "the trial failed: " + e.toString().lines().findFirst().orElse("");
  }

  private static void show(Run run, Map<Fault, String> observed) {
    Table table = Table.of("Faults", "", "fault", "how it is provoked", "documented", "observed");
    List<String> other = new ArrayList<>();
    for (Map.Entry<Fault, String> row : observed.entrySet()) {
      Fault fault = row.getKey();
      boolean met = fault.isMetBy(row.getValue());
      if (!met) {
        other.add(fault.name());
      }
      table =
          table.row(
              met ? "" : "**OTHER**",
              fault.name(),
              "`" + fault.provoked() + "`",
              fault.documented(),
              row.getValue());
    }
    run.table(table);
    run.check(
        Check.promise(
            "what is documented follows from each fault",
            "%d rows".formatted(observed.size()),
            other.isEmpty() ? "all" : "not from " + String.join(", ", other),
            other.isEmpty()));
  }
}
