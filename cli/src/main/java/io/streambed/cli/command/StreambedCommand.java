/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import java.util.List;
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
    })
public final class StreambedCommand implements Runnable {
  /** In the order of the help. */
  private static final List<Class<?>> COMMANDS =
      List.of(
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
          RedriveCommand.class,
          ReplayCommand.class,
          CompareCommand.class,
          SpendCommand.class,
          LimitsCommand.class,
          ConfigCommand.class,
          CompletionCommand.class,
          HelpCommand.class);

  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show where an unexpected error happened.")
  private boolean verbose;

  /**
   * The command line, ready to execute some words. Where the first of them names a command, it has
   * that one only: to look at all of them takes longer than many of them run, and is a part of the
   * time for which nothing is settled after a crash.
   */
  public static CommandLine commandLine(String... words) {
    StreambedCommand root = new StreambedCommand();
    CommandLine line = new CommandLine(root);
    List<Class<?>> named =
        COMMANDS.stream().filter(one -> words.length > 0 && name(one).equals(words[0])).toList();
    (needsAll(named) ? COMMANDS : named).forEach(line::addSubcommand);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .registerConverter(java.time.Duration.class, new DurationConverter())
        .setParameterExceptionHandler(new UsageErrors())
        .setExecutionExceptionHandler(new ExecutionErrors(() -> root.verbose));
  }

  /** Help and completion tell of the others. */
  private static boolean needsAll(List<Class<?>> named) {
    return named.isEmpty()
        || named.contains(HelpCommand.class)
        || named.contains(CompletionCommand.class);
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
