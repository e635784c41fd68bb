/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.fault;

import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.subject.SubjectSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What is wrong when an instance starts: it refuses, and says why. They run at the same time. */
public final class StartFaults {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private StartFaults() {}

  /** All of them. */
  public static List<Fault> all() {
    return List.of(
        refused(
            "topic-missing",
            Map.of("topics.prompt.requests", "nowhere"),
            "topic nowhere does not exist"),
        refused(
            "wrong-partition-count",
            Map.of("jobs.partitions", "7"),
            "topic jobs-held has 4 partitions and must have 7"),
        refused(
            "registry-down-at-start",
            Map.of("registry.urls", "http://127.0.0.1:1", "registry.retries", "0"),
            "schema registry"),
        refused(
            "broker-down-at-start",
            Map.of("kafka.bootstrap.servers", "127.0.0.1:1"),
            "Kafka cannot be reached at 127.0.0.1:1"),
        refused(
            "state-directory-not-writable",
            Map.of("state.dir", "/proc/streambed"),
            "the state directory /proc/streambed cannot be written"),
        refused("mistyped-setting", Map.of("retry.max.atempts", "3"), "retry.max.atempts"));
  }

  private static Fault refused(String name, Map<String, String> wrong, String says) {
    return new Fault(
        name,
        "started with "
            + String.join(", ", wrong.entrySet().stream().map(Object::toString).toList()),
        "refuses to start and says: " + says,
        row -> {
          Stage stage = row.stage();
          SubjectSettings settings = stage.settings(name);
          for (Map.Entry<String, String> one : wrong.entrySet()) {
            settings = settings.with(one.getKey(), one.getValue());
          }
          Child child = stage.bench().begin(stage.launch(settings));
          return () -> observed(stage, child, says);
        });
  }

  private static String observed(Stage stage, Child child, String says) {
    if (!stage.await(PATIENCE, () -> !child.isAlive())) {
      return "does not refuse to start";
    }
    return child.logged(Pattern.compile(Pattern.quote(says))).isEmpty()
        ? "refuses to start and does not say why"
        : "refuses to start and says: " + says;
  }
}
