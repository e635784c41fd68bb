/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that all of it can be told at once. For one thread. */
final class Problems {

  private final List<ConfigProblem> found = new ArrayList<>();

  void add(String key, String value, String problem, String fix) {
    found.add(new ConfigProblem(key, value, problem, fix));
  }

  /**
   * Checks what several keys must be together; says nothing where one of them is wrong by itself.
   */
  void require(boolean holds, Key<?> key, String problem, String fix, Key<?>... others) {
    if (!holds && !concerns(key) && List.of(others).stream().noneMatch(this::concerns)) {
      add(key.name(), "", problem, fix);
    }
  }

  boolean concerns(Key<?> key) {
    return concerns(key.name());
  }

  boolean concerns(String key) {
    return found.stream().anyMatch(p -> p.key().equals(key));
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw InvalidConfigException.of(found);
    }
  }
}
