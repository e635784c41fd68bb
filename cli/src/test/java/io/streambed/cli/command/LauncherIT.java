/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./streambed}, as it stands in a distribution. */
class LauncherIT {
  private static final Path SCRIPT = Path.of("..", "streambed").toAbsolutePath().normalize();
  private static final Path JARS = Path.of("target", "lib").toAbsolutePath();

  @TempDir Path folder;

  private record Ended(int exitCode, String said) {}

  @BeforeEach
  void unpack() throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    Files.copy(SCRIPT, folder.resolve("bin/streambed"));
    assertThat(folder.resolve("bin/streambed").toFile().setExecutable(true)).isTrue();
    Files.createSymbolicLink(folder.resolve("lib"), JARS);
  }

  @Test
  void itFindsJavaAndRunsTheCommand() throws Exception {
    // When: through a link, as from a folder of the PATH
    Path link = Files.createSymbolicLink(folder.resolve("linked"), Path.of("bin/streambed"));
    Ended ended = launch(link, Map.of("JAVA_HOME", ""), "--version");

    // Then
    assertThat(ended.said()).startsWith("streambed ").contains("Java 2");
    assertThat(ended.exitCode()).isZero();
  }

  @Test
  void aJavaThatIsTooOldOrMissingIsToldWithTheFix() throws Exception {
    // Given
    Path old = folder.resolve("old");
    Files.createDirectories(old.resolve("bin"));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
    Files.copy(Path.of("/bin/sh"), old.resolve("bin/java"));

    // When
    Ended ended =
        launch(
            folder.resolve("bin/streambed"),
            Map.of("STREAMBED_JAVA_HOME", old.toString()),
            "--version");

    // Then
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.said())
        .contains("STREAMBED_JAVA_HOME")
        .contains("Java 21 or newer")
        .contains("correct or unset it");
  }

  @Test
  void argumentsWithSpacesAndTheExitCodePassThrough() throws Exception {
    // When
    Ended ended =
        launch(folder.resolve("bin/streambed"), Map.of(), "submit", "a file with spaces.jsonl");

    // Then
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.said()).contains("there is no file 'a file with spaces.jsonl'");
  }

  private Ended launch(Path script, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder, "launch", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), Files.readString(output));
  }
}
