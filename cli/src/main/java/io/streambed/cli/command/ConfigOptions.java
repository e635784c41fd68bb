/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.processors.config.ConfigLoader;
import io.streambed.processors.config.LoadedConfig;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The file of settings, for every command. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings, YAML or properties; the environment goes before it. Default: a packaged profile that fits `./streambed local`.")
  private @Nullable Path file;

  /** The file that was given. */
  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /**
   * Reads the file, or the packaged profile, and the environment.
   *
   * @throws NoSuchFileException if the file does not exist
   */
  LoadedConfig load() throws NoSuchFileException {
    Map<String, String> environment = System.getenv();
    if (file == null) {
      return ConfigLoader.local(environment);
    }
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString());
    }
    return ConfigLoader.load(file, environment);
  }
}
