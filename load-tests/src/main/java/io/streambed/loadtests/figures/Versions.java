/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.figures;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.AppInfoParser;
import software.amazon.awssdk.core.util.VersionInfo;

/** Versions of what takes part in every run. */
public final class Versions {
  private Versions() {}

  /**
   * By name.
   *
   * @param root folder of the project
   */
  public static Map<String, String> all(Path root) {
    Map<String, String> all = new LinkedHashMap<>();
    String version =
        Optional.ofNullable(Versions.class.getPackage().getImplementationVersion())
            .orElse("unpacked");
    all.put("Streambed", commit(root).map(commit -> version + " " + commit).orElse(version));
    all.put("Kafka", AppInfoParser.getVersion());
    all.put("AWS SDK", VersionInfo.SDK_VERSION);
    return all;
  }

  /** The commit that is checked out, with a mark where files differ; empty where git tells none. */
  private static Optional<String> commit(Path root) {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude=*")
              .directory(root.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(git.getInputStream().readAllBytes(), UTF_8).strip();
      return git.waitFor() == 0 && !said.isEmpty() ? Optional.of(said) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
