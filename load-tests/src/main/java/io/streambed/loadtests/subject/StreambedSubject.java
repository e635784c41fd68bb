/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.subject;

import io.streambed.loadtests.process.Launch;
import io.streambed.loadtests.service.BareClientMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Streambed, by the command that users run: {@code streambed run --config FILE}.
 *
 * @param root folder of the project, in which the command was built
 */
public record StreambedSubject(Path root) implements Subject {
  /** Its name in tables. */
  public static final String NAME = "streambed";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Launch launch(Endpoints endpoints, SubjectSettings settings) {
    Path config = write(settings, settings(endpoints, settings));
    return new Launch(
        settings.instance(),
        settings.heap(),
        options(),
        root.resolve("cli/target/lib/streambed-cli.jar").toString(),
        "io.streambed.cli.Main",
        settings.leave()
            ? List.of("run", "--leave", "--config", config.toString())
            : List.of("run", "--config", config.toString()),
        Map.of(),
        "running as ");
  }

  /** What the launcher adds to {@code run} where the installation was warmed up. */
  private List<String> options() {
    Path notes = root.resolve("cli/target/lib/streambed-cli.aot");
    return Files.exists(notes) ? List.of("-XX:AOTCache=" + notes) : List.of();
  }

  private static Map<String, String> settings(Endpoints endpoints, SubjectSettings settings) {
    Map<String, String> all = new TreeMap<>();
    all.put("kafka.bootstrap.servers", endpoints.kafka());
    all.put("registry.urls", endpoints.registry());
    all.put("bedrock.endpoint", endpoints.bedrock());
    all.put("bedrock.region", BareClientMain.REGION);
    all.put("models.default.id", BareClientMain.MODEL);
    all.put("models.default.concurrency", Integer.toString(settings.limit()));
    all.put("instance.id", settings.instance());
    all.put("state.dir", settings.stateDir().toString());
    all.put("commit.gap.ms", Integer.toString(settings.commitMillis()));
    all.put("ops.port", "0");
    all.putAll(settings.extra());
    return all;
  }

  private static Path write(SubjectSettings settings, Map<String, String> all) {
    StringBuilder text = new StringBuilder();
    all.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    try {
      Files.createDirectories(settings.stateDir());
      return Files.writeString(
          settings.stateDir().resolveSibling(settings.instance() + ".properties"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
