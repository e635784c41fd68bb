/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Holds what can be seen of dead letters. */
@Command(
    name = "dead-letters",
    header = "List, show or add up dead letters: what could not be answered, and why.",
    description = {
      "Each says what happened, who must act and what to do. Reads with "
          + "isolation.level=read_committed and joins no consumer group. "
          + "`./streambed redrive` publishes their requests again.",
    },
    subcommands = {
      DeadLettersListCommand.class,
      DeadLettersShowCommand.class,
      DeadLettersStatsCommand.class
    })
final class DeadLettersCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "list, show or stats?");
  }
}
