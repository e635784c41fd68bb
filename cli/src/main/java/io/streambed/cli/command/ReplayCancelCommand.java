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

/** Have a run ask nothing more at all. */
@Command(
    name = "cancel",
    header = "Have a run ask nothing more at all.",
    description = {
      "What it has asked already is settled by the platform: it may be paid for. What it brought stays in its topics."
    },
    exitCodeList = {
      ExitCode.OK_TEXT,
      "1:failed, such as by a run that does not exist",
      ExitCode.USAGE_TEXT,
      ExitCode.UNREACHABLE_TEXT
    })
final class ReplayCancelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String run = "";

  @Mixin private ClusterOptions at;

  @Override
  public Integer call() throws IOException {
    Runs.order(at.cluster(), run, ReplayOrder.CANCEL);
    Console.of(spec)
        .print(
            "run "
                + run
                + " is to be cancelled; what it brought is compared by: ./streambed compare "
                + run);
    return ExitCode.OK;
  }
}
