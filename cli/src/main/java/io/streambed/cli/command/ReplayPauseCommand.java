/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.schemas.ReplayOrder;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Have a run ask nothing more for now. */
@Command(
    name = "pause",
    header = "Have a run ask nothing more for now.",
    description = {
      "The process that makes it waits for what is open, and ends. `replay resume` goes on with it."
    },
    exitCodeList = {
      ExitCode.OK_TEXT,
      "1:failed, such as by a run that does not exist",
      ExitCode.USAGE_TEXT,
      ExitCode.UNREACHABLE_TEXT
    })
final class ReplayPauseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String run = "";

  @Mixin private ClusterOptions at;

  @Override
  public Integer call() throws IOException {
    Runs.order(at.cluster(), run, ReplayOrder.PAUSE);
    Console.of(spec)
        .print("run " + run + " is to be paused; go on with: ./streambed replay resume " + run);
    return ExitCode.OK;
  }
}
