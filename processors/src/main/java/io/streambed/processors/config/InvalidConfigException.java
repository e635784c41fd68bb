/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import java.util.List;
import java.util.stream.Collectors;

/** The settings cannot be used; the operator must change them. Names everything that is wrong. */
public final class InvalidConfigException extends RuntimeException {

  private final transient List<ConfigProblem> problems;

  private InvalidConfigException(String message, List<ConfigProblem> problems) {
    super(message);
    this.problems = List.copyOf(problems);
  }

  static InvalidConfigException of(List<ConfigProblem> problems) {
    String lines = problems.stream().map(p -> "\n  " + p.shown()).collect(Collectors.joining());
    return new InvalidConfigException(
        problems.size() == 1
            ? "1 setting is wrong:" + lines
            : problems.size() + " settings are wrong:" + lines,
        problems);
  }

  static InvalidConfigException unreadable(String file, String problem, String fix) {
    return of(List.of(new ConfigProblem(file, "", problem, fix)));
  }

  /** What is wrong, in the order of the reference. */
  public List<ConfigProblem> problems() {
    return problems;
  }
}
