/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;

/** Everything under {@code /config} and {@code /mode}. */
final class SettingRoutes {
  private final Settings settings;

  SettingRoutes(Settings settings) {
    this.settings = settings;
  }

  RegistryReply config(RegistryRequest request) {
    String subject = request.part(1);
    boolean all = subject.isEmpty();
    return switch (request.method()) {
      case "GET" ->
          (all || request.flag("defaultToGlobal")
                  ? Optional.of(all ? settings.level() : settings.effectiveLevel(subject))
                  : settings.levelOf(subject))
              .map(level -> one("compatibilityLevel", level.name()))
              .orElseGet(() ->
                  RegistryReply.error(
                      40408,
                      "Subject '"
                          + subject
                          + "' does not have subject-level compatibility configured"));
      case "PUT" -> putLevel(subject, request.body().path("compatibility").asText(""));
      case "DELETE" -> {
        Compatibility old = all ? settings.level() : settings.dropLevel(subject);
        if (all) {
          settings.level(Compatibility.BACKWARD);
        }
        yield one("compatibilityLevel", old.name());
      }
      default -> RegistryReply.error(405, "HTTP 405 Method Not Allowed");
    };
  }

  RegistryReply mode(RegistryRequest request) {
    String subject = request.part(1);
    boolean all = subject.isEmpty();
    return switch (request.method()) {
      case "GET" ->
          (all || request.flag("defaultToGlobal")
                  ? Optional.of(settings.modeOf(subject).orElse(settings.mode()))
                  : settings.modeOf(subject))
              .map(mode -> one("mode", mode))
              .orElseGet(() ->
                  RegistryReply.error(
                      40409,
                      "Subject '" + subject + "' does not have subject-level mode configured"));
      case "PUT" -> putMode(subject, request.body().path("mode").asText(""));
      case "DELETE" -> one("mode", settings.dropMode(subject));
      default -> RegistryReply.error(405, "HTTP 405 Method Not Allowed");
    };
  }

  private RegistryReply putLevel(String subject, String name) {
    Optional<Compatibility> level = Compatibility.named(name);
    if (level.isEmpty()) {
      return RegistryReply.error(
          42203,
          "Invalid compatibility level. Valid values are none, backward, forward, full,"
              + " backward_transitive, forward_transitive, and full_transitive");
    }
    if (subject.isEmpty()) {
      settings.level(level.get());
    } else {
      settings.level(subject, level.get());
    }
    return one("compatibility", level.get().name());
  }

  private RegistryReply putMode(String subject, String mode) {
    if (!Settings.MODES.contains(mode)) {
      return RegistryReply.error(42204, "Invalid mode. Valid values are " + Settings.MODES);
    }
    if (subject.isEmpty()) {
      settings.mode(mode);
    } else {
      settings.mode(subject, mode);
    }
    return one("mode", mode);
  }

  private static RegistryReply one(String name, String value) {
    return RegistryReply.ok(JsonNodeFactory.instance.objectNode().put(name, value));
  }
}
