/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

  @Test
  void whatWarmUpNotedIsUsedUntilAJarChanges() throws Exception {
    // Given: an installation of its own, on a Java that can
    Path script = folder.resolve("bin/streambed");
    assumeThat(launch(script, Map.of(), "--version").said()).contains("Java 25");
    Files.delete(folder.resolve("lib"));
    Path lib = Files.createDirectories(folder.resolve("lib"));
    try (Stream<Path> jars = Files.list(JARS)) {
      for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
        Files.copy(jar, lib.resolve(jar.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }

    // When
    Ended warmedUp = launch(script, Map.of(), "warm-up", "--for", "1s");

    // Then
    assertThat(warmedUp.exitCode()).as(warmedUp.said()).isZero();
    assertThat(warmedUp.said()).contains("settled ").contains("`run` uses it from now on");
    assertThat(lib.resolve("streambed-cli.aot")).isNotEmptyFile();
    Map<String, String> told = Map.of("STREAMBED_JAVA_OPTS", "-Xlog:class+load:file=loaded.txt");
    assertThat(launch(script, told, "run", "--help").exitCode()).isZero();
    assertThat(folder.resolve("loaded.txt"))
        .content()
        .contains("io.streambed.cli.command.RunCommand source: shared objects file");

    // When
    Files.setLastModifiedTime(
        lib.resolve("streambed-cli.jar"), FileTime.from(Instant.now().plusSeconds(60)));
    Ended changed = launch(script, Map.of(), "run", "--help");

    // Then
    assertThat(changed.exitCode()).isZero();
    assertThat(changed.said()).contains("the jars have changed since the last `warm-up`");
  }

  @Test
  void warmUpSaysWhichJavaItNeeds() throws Exception {
    // Given
    Path older = folder.resolve("older");
    Files.createDirectories(older.resolve("bin"));
    Files.writeString(older.resolve("release"), "JAVA_VERSION=\"21.0.5\"\n");
    Files.copy(Path.of("/bin/sh"), older.resolve("bin/java"));

    // When
    Ended ended =
        launch(
            folder.resolve("bin/streambed"),
            Map.of("STREAMBED_JAVA_HOME", older.toString()),
            "warm-up");

    // Then
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.said()).contains("needs Java 25").contains("is Java 21");
  }

  @Test
  void warmUpSaysWhyThereAreNoNotes() throws Exception {
    // Given: a Java that ends well and writes none
    Files.delete(folder.resolve("lib"));
    Path jar = Files.createDirectories(folder.resolve("lib")).resolve("streambed-cli.jar");
    Files.createFile(jar);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
    Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
    Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"25.0.1\"\n");
    Files.writeString(java, "#!/bin/sh\necho 'no room for notes'\n$THEN\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    String home = folder.resolve("java").toString();
    Path script = folder.resolve("bin/streambed");

    // When
    Ended ended = launch(script, Map.of("STREAMBED_JAVA_HOME", home, "THEN", "true"), "warm-up");

    // Then
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.said()).contains("no room for notes").contains("what it says is above");

    // When: a build ends meanwhile
    String build = "touch -t 209901010000 " + jar;
    Ended built = launch(script, Map.of("STREAMBED_JAVA_HOME", home, "THEN", build), "warm-up");

    // Then
    assertThat(built.exitCode()).isEqualTo(1);
    assertThat(built.said()).contains("the jars have changed during the warm-up");
    try (Stream<Path> left = Files.list(folder.resolve("lib"))) {
      assertThat(left).containsExactly(jar);
    }
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
    assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), Files.readString(output));
  }
}
