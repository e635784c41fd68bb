/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.request;

import java.util.List;

/**
 * A file of requests has bad lines. All are told at once, and none of the file's lines was
 * published.
 */
public final class BadLinesException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  private BadLinesException(String message, List<String> problems) {
    super(message);
    this.problems = problems;
  }

  /**
   * Tells the bad lines of a file.
   *
   * @param source name of the file
   * @param problems a sentence each, beginning with the line's number
   */
  public static BadLinesException of(String source, List<String> problems) {
    return new BadLinesException(
        "%s: %d bad %s, nothing was published"
            .formatted(source, problems.size(), problems.size() == 1 ? "line" : "lines"),
        List.copyOf(problems));
  }

  /** A sentence for each bad line, beginning with its number. */
  public List<String> problems() {
    return problems;
  }
}
