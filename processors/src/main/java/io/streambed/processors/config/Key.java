/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/**
 * One setting: declared once, with what it becomes.
 *
 * @param name the dotted key
 * @param type how its text is read
 * @param preset the value where none is given, {@code null} for none
 * @param shownPreset the default as the reference shows it
 * @param validator what else must hold, {@code null} for nothing
 * @param meaning what it does, for the reference
 * @param conversion from what {@link ConfigDef} parses to what the records hold
 */
record Key<T>(
    String name,
    Type type,
    @Nullable Object preset,
    String shownPreset,
    ConfigDef.@Nullable Validator validator,
    Importance importance,
    String meaning,
    Conversion<T> conversion) {

  /** From a parsed value, {@code null} where there is none, to a record's component. */
  @FunctionalInterface
  interface Conversion<T> {
    T apply(@Nullable Object parsed);
  }

  /** Whether its value must never be shown. */
  boolean secret() {
    return type == Type.PASSWORD;
  }

  /** The key that names a file holding this secret. */
  String fileName() {
    return name + ".file";
  }

  void declareIn(ConfigDef definition, String group, int order) {
    definition.define(
        name, type, preset, validator, importance, meaning, group, order, Width.MEDIUM, name);
  }

  T of(Map<String, Object> parsed) {
    return conversion.apply(parsed.get(name));
  }
}
