/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UsageTest {
  @TempDir Path folder;

  static Stream<Arguments> wrongUsages() {
    return Stream.of(
        Arguments.of("which command?", new String[] {}),
        Arguments.of("create or describe?", new String[] {"topics"}),
        Arguments.of("either FILE.jsonl or --prompt", new String[] {"submit"}),
        Arguments.of(
            "either FILE.jsonl or --prompt", new String[] {"submit", "a.jsonl", "--prompt", "b"}),
        Arguments.of("--id goes with --prompt", new String[] {"submit", "a.jsonl", "--id", "b"}),
        Arguments.of("there is no file 'missing.jsonl'", new String[] {"submit", "missing.jsonl"}),
        Arguments.of("--prompt", new String[] {"submit", "--promt", "b"}),
        Arguments.of("no duration", new String[] {"submit", "--prompt", "b", "--timeout", "soon"}),
        Arguments.of(
            "deadline: must be a time",
            new String[] {"submit", "--prompt", "b", "--deadline", "x"}),
        Arguments.of("INTERACTIVE", new String[] {"submit", "--prompt", "b", "--priority", "high"}),
        Arguments.of("give a TEXT", new String[] {"embed"}),
        Arguments.of("'nowhere' is no address", new String[] {"limits", "--instance", "nowhere"}),
        Arguments.of(
            "--payload goes with --json", new String[] {"dead-letters", "list", "--payload"}),
        Arguments.of("list, show or stats?", new String[] {"dead-letters"}),
        Arguments.of("never", new String[] {"dead-letters", "stats", "--code", "never"}),
        Arguments.of("--since: give a time", new String[] {"redrive", "--since", "soon"}),
        Arguments.of("--rate: must be above 0", new String[] {"redrive", "--rate", "0"}),
        Arguments.of("--limit: must be 1 or more", new String[] {"redrive", "--limit", "0"}),
        Arguments.of("--most: must be 1 or more", new String[] {"redrive", "--most", "0"}),
        Arguments.of("there is no 'text'", new String[] {"redrive", "--patch", "text=a"}),
        Arguments.of("there is no file 'no.yaml'", new String[] {"run", "--config", "no.yaml"}),
        Arguments.of("there is no file 'no.yaml'", new String[] {"config", "--config", "no.yaml"}),
        Arguments.of(
            "'nowhere' is no URL of a schema registry",
            new String[] {"results", "--registry", "nowhere"}));
  }

  @ParameterizedTest
  @MethodSource("wrongUsages")
  void aWrongUsageIsToldInASentence(String message, String[] arguments) {
    // When
    CommandRun run = CommandRun.of(arguments);

    // Then
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(message).doesNotContain("Exception").doesNotContain("    at ");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void badLinesAreToldAndNothingIsPublished() throws Exception {
    // Given
    Path file = folder.resolve("requests.jsonl");
    Files.writeString(
        file,
        "{\"prompt\":\"a\"}\n{\"prompt\":\"b\",\"inference\":{\"maxTokens\":\"many\"}}\nnonsense\n");

    // When: no broker is there, and none is needed to find it out
    CommandRun run = CommandRun.of("submit", file.toString());

    // Then
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("2 bad lines, nothing was published")
        .contains("line 2: inference.maxTokens: must be a whole number, is a text")
        .contains("line 3: is not valid JSON at column");
  }

  @Test
  void everythingWrongWithTheSettingsIsToldAtOnce() throws Exception {
    // Given
    Path file = folder.resolve("wrong.yaml");
    Files.writeString(
        file, "kafka:\n  bootstrap.severs: a:1\njobs.partitions: none\nmodels:\n  m:\n    id: x\n");

    // When
    CommandRun run = CommandRun.of("config", "--config", file.toString());

    // Then
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("kafka.bootstrap.severs").contains("jobs.partitions");
  }

  @Test
  void aKafkaThatIsNotThereIsToldWithWhatToTry() {
    // When
    CommandRun run = CommandRun.of("results", "--bootstrap-server", "127.0.0.1:1");

    // Then
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .contains("cannot reach Kafka at 127.0.0.1:1")
        .contains("./streambed local")
        .contains("--bootstrap-server");
  }

  @Test
  void verboseShowsWhereAndNeverWhat() {
    // When
    CommandRun run = CommandRun.of("results", "--bootstrap-server", "no.such.host:1", "--verbose");

    // Then
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("UnreachableException").contains("    at io.streambed.cli.");
  }
}
