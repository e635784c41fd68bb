/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command that holds all others. */
@Command(
    name = "streambed",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    usageHelpAutoWidth = true,
    sortOptions = false,
    header = "Runs LLM jobs as a stream: Kafka in, Amazon Bedrock, Kafka out.",
    description = {
      "",
      "Publish a prompt or a text to a Kafka topic; Streambed answers it through Amazon Bedrock and "
          + "publishes the result, or a dead letter that says why not.",
      "",
      "See it work, with everything in one process:",
      "  ./streambed demo",
      "Try it yourself, in three terminals:",
      "  ./streambed local",
      "  ./streambed run",
      "  ./streambed submit --prompt \"Why do rivers meander?\" --wait"
    },
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nWhat it takes:%n",
    synopsisHeading = "%nUsage: ",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_TEXT,
      ExitCode.FAILED_TEXT,
      ExitCode.USAGE_TEXT,
      ExitCode.UNREACHABLE_TEXT,
      ExitCode.TIMED_OUT_TEXT,
      ExitCode.INTERRUPTED_TEXT
    },
    subcommands = {
      DemoCommand.class,
      LocalCommand.class,
      StandInCommand.class,
      TopicsCommand.class,
      RunCommand.class,
      WarmUpCommand.class,
      SubmitCommand.class,
      EmbedCommand.class,
      CancelCommand.class,
      ResultsCommand.class,
      DeadLettersCommand.class,
      SpendCommand.class,
      LimitsCommand.class,
      ConfigCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    })
public final class StreambedCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show where an unexpected error happened.")
  private boolean verbose;

  /** The command line, ready to execute. */
  public static CommandLine commandLine() {
    StreambedCommand root = new StreambedCommand();
    return new CommandLine(root)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .registerConverter(java.time.Duration.class, new DurationConverter())
        .setParameterExceptionHandler(new UsageErrors())
        .setExecutionExceptionHandler(new ExecutionErrors(() -> root.verbose));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
