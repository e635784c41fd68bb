/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the completion script of the shell. */
@Command(
    name = "completion",
    header = "Print a completion script for bash and zsh.",
    description = {
      "Completes commands and options when you press Tab. For this shell:",
      "",
      "  source <(./streambed completion)",
      "",
      "For every shell, put that line into ~/.bashrc or ~/.zshrc, with the full path."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = ExitCode.OK_TEXT)
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    out.print(AutoComplete.bash("streambed", spec.root().commandLine()));
    out.flush();
    return ExitCode.OK;
  }
}
