/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;

/**
 * The map of the platform's packages, in the order in which a request flows through them: on the
 * left a package, on the right what it may see beside itself and {@code schemas}. What is not here
 * may see nothing.
 */
final class AllowedDependencies extends ArchCondition<JavaClass> {
  static final Map<String, List<String>> MAP =
      Map.ofEntries(
          Map.entry("model", List.of()),
          Map.entry("job", List.of()),
          Map.entry("commit", List.of()),
          Map.entry("ops", List.of()),
          Map.entry("redrive", List.of()),
          Map.entry("admission", List.of("commit", "job", "model")),
          Map.entry("budget", List.of("commit", "job")),
          Map.entry("answers", List.of("job")),
          Map.entry("dedup", List.of("answers", "job")),
          Map.entry("limit", List.of("model")),
          Map.entry("invocation", List.of("answers", "commit", "job", "limit", "model")),
          Map.entry("settlement", List.of("answers", "commit", "job")),
          Map.entry("bedrock", List.of("model")),
          Map.entry(
              "config",
              List.of(
                  "admission",
                  "answers",
                  "bedrock",
                  "budget",
                  "invocation",
                  "limit",
                  "model",
                  "ops",
                  "redrive")),
          Map.entry(
              "topology",
              List.of(
                  "config",
                  "admission",
                  "answers",
                  "budget",
                  "commit",
                  "dedup",
                  "invocation",
                  "settlement",
                  "job")));

  private final String platform;

  /**
   * @param root the package that holds {@code processors}
   */
  AllowedDependencies(String root) {
    super("depend only on the packages that the map allows");
    this.platform = root + ".processors";
  }

  @Override
  public void check(JavaClass origin, ConditionEvents events) {
    String from = feature(origin);
    // The package of the platform itself puts the parts together and sees them all.
    if (from.isEmpty()) {
      return;
    }
    List<String> allowed = MAP.getOrDefault(from, List.of());
    for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
      JavaClass target = dependency.getTargetClass().getBaseComponentType();
      if (!isPlatform(target)) {
        continue;
      }
      String to = feature(target);
      if (!to.equals(from) && !allowed.contains(to)) {
        events.add(
            SimpleConditionEvent.violated(
                dependency,
                "%s must not see %s: %s"
                    .formatted(from, to.isEmpty() ? platform : to, dependency.getDescription())));
      }
    }
  }

  private boolean isPlatform(JavaClass type) {
    return type.getPackageName().equals(platform)
        || type.getPackageName().startsWith(platform + ".");
  }

  /** The first package below the platform's; empty for the platform's own. */
  private String feature(JavaClass type) {
    String below = type.getPackageName().substring(platform.length());
    return below.isEmpty() ? "" : below.substring(1).split("\\.", -1)[0];
  }
}
