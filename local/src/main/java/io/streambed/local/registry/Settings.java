/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.registry;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Compatibility level and mode, for all subjects and for single ones. */
final class Settings {
  static final Set<String> MODES = Set.of("READWRITE", "READONLY", "IMPORT", "READONLY_OVERRIDE");

  /** Confluent's documented default. */
  private Compatibility level = Compatibility.BACKWARD;

  private String mode = "READWRITE";
  private final Map<String, Compatibility> levels = new TreeMap<>();
  private final Map<String, String> modes = new TreeMap<>();

  Compatibility level() {
    return level;
  }

  Optional<Compatibility> levelOf(String subject) {
    return Optional.ofNullable(levels.get(subject));
  }

  /** The subject's own level, or the one for all. */
  Compatibility effectiveLevel(String subject) {
    return levelOf(subject).orElse(level);
  }

  void level(Compatibility newLevel) {
    level = newLevel;
  }

  void level(String subject, Compatibility newLevel) {
    levels.put(subject, newLevel);
  }

  Compatibility dropLevel(String subject) {
    Compatibility old = effectiveLevel(subject);
    levels.remove(subject);
    return old;
  }

  String mode() {
    return mode;
  }

  Optional<String> modeOf(String subject) {
    return Optional.ofNullable(modes.get(subject));
  }

  boolean isReadOnly(String subject) {
    return mode.equals("READONLY_OVERRIDE") || modeOf(subject).orElse(mode).startsWith("READONLY");
  }

  void mode(String newMode) {
    mode = newMode;
  }

  void mode(String subject, String newMode) {
    modes.put(subject, newMode);
  }

  String dropMode(String subject) {
    String old = modeOf(subject).orElse(mode);
    modes.remove(subject);
    return old;
  }
}
