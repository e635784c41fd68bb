/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.show;

/** The beginning of a text in one line, safe for a terminal. */
public final class Snippet {
  private Snippet() {}

  /**
   * Shortens a text.
   *
   * @param text any text
   * @param most most characters to show
   * @return one line without control characters; ends in … where something was cut
   */
  public static String of(String text, int most) {
    String line = printable(text).replaceAll("\\s+", " ").strip();
    if (line.codePointCount(0, line.length()) <= most) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, most - 1)).stripTrailing() + "…";
  }

  /**
   * A text without what would steer a terminal. Line ends and tabs stay.
   *
   * @param text any text, such as a model's answer
   */
  public static String printable(String text) {
    return text.codePoints()
        .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
