/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.subject;

import io.streambed.loadtests.process.Launch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Commands of Streambed beside the platform that runs, with its settings.
 *
 * @param root folder of the project, in which the command was built
 * @param config the platform's settings
 */
public record StreambedWords(Path root, Path config) {

  /** With the settings of an instance that was started. */
  public static StreambedWords beside(StreambedSubject subject, SubjectSettings settings) {
    return new StreambedWords(
        subject.root(), settings.stateDir().resolveSibling(settings.instance() + ".properties"));
  }

  /**
   * How a command is started: it is one process of several on this machine, and would be alone on
   * another.
   *
   * @param name of its process
   * @param ready what a line of its output begins with that is waited for
   */
  public Launch launch(String name, String ready, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--config", config.toString()));
    return new Launch(
            name,
            "1g",
            List.of(),
            root.resolve("cli/target/lib/streambed-cli.jar").toString(),
            "io.streambed.cli.Main",
            all,
            Map.of(),
            ready)
        .asHumble();
  }
}
