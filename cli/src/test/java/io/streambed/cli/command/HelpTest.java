/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

class HelpTest {
  static Stream<CommandSpec> everyCommand() {
    return commands(StreambedCommand.commandLine());
  }

  private static Stream<CommandSpec> commands(CommandLine line) {
    return Stream.concat(
        Stream.of(line.getCommandSpec()),
        line.getSubcommands().values().stream().flatMap(HelpTest::commands));
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void everyCommandSaysWhatItDoesAndHowItCanEnd(CommandSpec command) {
    assertThat(command.usageMessage().header()).isNotEmpty();
    if (!command.name().equals("help")) {
      assertThat(command.usageMessage().exitCodeList()).isNotEmpty();
    }
    assertThat(command.options())
        .allSatisfy(
            option -> assertThat(option.description()).as(option.longestName()).isNotEmpty());
  }

  @Test
  void theHelpNamesEveryCommand() {
    // When
    CommandRun run = CommandRun.of("--help");

    // Then
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains(
            List.of(
                "demo",
                "local",
                "run",
                "warm-up",
                "topics",
                "submit",
                "embed",
                "cancel",
                "results",
                "dead-letters",
                "redrive",
                "replay",
                "compare",
                "spend",
                "limits",
                "config",
                "completion"));
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void aCommandThatIsBuiltAloneSaysWhatItSaysAmongAll(CommandSpec command) {
    String[] words =
        command.qualifiedName().replaceFirst("^streambed ?", "").concat(" --help").split(" ");
    CommandLine all = StreambedCommand.commandLine();
    StringWriter out = new StringWriter();
    all.setOut(new PrintWriter(out, true)).setColorScheme(Help.defaultColorScheme(Ansi.OFF));
    all.execute(words);
    assertThat(CommandRun.of(words).out()).isEqualTo(out.toString()).isNotBlank();
  }

  @Test
  void theHelpOfReadersSaysReadCommitted() {
    for (String reader :
        List.of("results", "dead-letters", "redrive", "submit", "cancel", "replay", "compare")) {
      assertThat(CommandRun.of(reader, "--help").out().replaceAll("\\s+", ""))
          .as(reader)
          .contains("isolation.level=read_committed");
    }
  }

  @Test
  void theExamplesOfTheHelpAreValid() {
    everyCommand()
        .flatMap(command -> Arrays.stream(command.usageMessage().footer()))
        .filter(line -> line.startsWith("  ./streambed "))
        .map(line -> line.strip().replaceAll(" [<>|] .*", ""))
        .forEach(line ->
            assertThat(StreambedCommand.commandLine().parseArgs(words(line)).errors())
                .as(line)
                .isEmpty());
  }

  private static String[] words(String line) {
    return Arrays.stream(line.split(" (?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
        .skip(1)
        .map(word -> word.replace("\"", ""))
        .toArray(String[]::new);
  }

  @Test
  void theCompletionScriptKnowsTheOptions() {
    // When
    CommandRun run = CommandRun.of("completion");

    // Then
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("--bootstrap-server")
        .contains("dead-letters")
        .contains("--cache-policy");
  }

  @Test
  void theSettingsAreExplainedAndShown() {
    assertThat(CommandRun.of("config", "--reference").out()).contains("kafka.bootstrap.servers");
    assertThat(CommandRun.of("config").out()).contains("bedrock.endpoint = http://127.0.0.1:8000");
    assertThat(CommandRun.of("config", "--markdown").out()).contains("|");
  }
}
