/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.figures;

import java.util.List;
import java.util.Map;

/**
 * What a run of a scenario has shown.
 *
 * @param scenario such as {@code 02-throughput}
 * @param question what it asks, in a sentence
 * @param began when it began, in UTC
 * @param quick whether it was a quick run, whose figures are of young JVMs and few
 * @param machine what was measured on
 * @param versions of what takes part
 * @param settings of the run
 * @param noiseCores cores that something else on the machine kept busy while it was measured, on
 *     average; above 0.1 the figures are not worth much
 * @param tables for people
 * @param checks promises and targets
 * @param figures every value, for programs
 * @param charts for people
 */
public record Report(
    String scenario,
    String question,
    String began,
    boolean quick,
    Machine machine,
    Map<String, String> versions,
    Map<String, String> settings,
    double noiseCores,
    List<Table> tables,
    List<Check> checks,
    List<Figure> figures,
    List<Bars> charts) {
  private static final double NOISY = 0.1;

  /** Whether every promise held. */
  public boolean passed() {
    return checks.stream().noneMatch(Check::fails);
  }

  /** As Markdown. */
  public String markdown() {
    StringBuilder text = new StringBuilder("## " + scenario + "\n\n" + question + "\n\n");
    tables.forEach(table -> text.append(table.markdown()).append('\n'));
    if (!checks.isEmpty()) {
      text.append(checkTable().markdown()).append('\n');
    }
    text.append(circumstances());
    return text.toString();
  }

  private Table checkTable() {
    Table table = Table.of("Promises and targets", "", "what", "wanted", "observed");
    for (Check check : checks) {
      String word = check.met() ? "kept" : check.strict() ? "**BROKEN**" : "missed";
      table = table.row(word, check.what(), check.wanted(), check.observed());
    }
    return table;
  }

  private String circumstances() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s%s; %s, %d cores, %s, %s, %s.%n"
            .formatted(
                began,
                quick ? ", quick" : "",
                machine.cpu(),
                machine.cores(),
                machine.memory(),
                machine.kernel(),
                machine.jvm()));
    text.append("Versions: ").append(list(versions)).append(".\n");
    text.append("Settings: ").append(list(settings)).append(".\n");
    text.append(
        "Something else kept %s cores busy%s.%n"
            .formatted(
                Table.cell(noiseCores),
                noiseCores > NOISY ? ": **noisy, the figures are not worth much**" : ""));
    return text.toString();
  }

  private static String list(Map<String, String> entries) {
    return String.join(
        ", ", entries.entrySet().stream().map(it -> it.getKey() + " " + it.getValue()).toList());
  }
}
