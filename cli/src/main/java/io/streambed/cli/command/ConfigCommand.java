/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.show.Table;
import io.streambed.processors.config.Setting;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the settings in force, or all there are. */
@Command(
    name = "config",
    header = "Check the settings and print those in force, or print the reference of all.",
    description = {
      "Each setting is shown with where it comes from: the default, the file or the environment. Secrets "
          + "are never shown. If anything is wrong, everything that is wrong is told."
    },
    exitCodeList = {ExitCode.OK_TEXT, "2:a setting is wrong"},
    footer = {
      "",
      "Examples:",
      "  ./streambed config --config production.yaml",
      "  ./streambed config --reference > docs/configuration.md"
    })
final class ConfigCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config;

  @Option(names = "--reference", description = "Print the reference of all settings, in Markdown.")
  private boolean reference;

  @Override
  public Integer call() throws NoSuchFileException {
    Console console = Console.of(spec);
    if (reference) {
      console.print(io.streambed.processors.config.ConfigReference.markdown());
      return ExitCode.OK;
    }
    Table table = new Table();
    table.row("SETTING", "VALUE", "FROM");
    for (Setting setting : config.load().settings()) {
      table.row(
          setting.key(),
          setting.value().isEmpty() ? "-" : setting.value(),
          setting.origin().name().toLowerCase(Locale.ROOT));
    }
    table.lines().forEach(console::print);
    return ExitCode.OK;
  }
}
