/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.processors.config.ConfigReference;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the settings in force, or all there are. */
@Command(
    name = "config",
    header = "Check the settings and print those in force, or explain all there are.",
    description = {
      "Without --config, those of the packaged profile and the environment. What is no default says where "
          + "it comes from; secrets are never shown. If anything is wrong, everything that is wrong is told."
    },
    exitCodeList = {ExitCode.OK_TEXT, "2:a setting is wrong"},
    footer = {
      "",
      "Examples:",
      "  ./streambed config --config production.yaml",
      "  ./streambed config --reference | less"
    })
final class ConfigCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config;

  @Option(names = "--reference", description = "Explain every setting.")
  private boolean reference;

  @Option(names = "--markdown", description = "The same as docs/configuration.md.")
  private boolean markdown;

  @Override
  public Integer call() throws NoSuchFileException {
    String text;
    if (markdown) {
      text = ConfigReference.markdown();
    } else if (reference) {
      text = ConfigReference.text();
    } else {
      text = ConfigReference.effective(config.load());
    }
    Console.of(spec).print(text.stripTrailing());
    return ExitCode.OK;
  }
}
