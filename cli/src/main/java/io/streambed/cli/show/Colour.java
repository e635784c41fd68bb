/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.show;

/** Colours for a terminal; without one, the words alone. */
public enum Colour {
  ON,
  OFF;

  /** For what went well. */
  public String good(String text) {
    return paint("32", text);
  }

  /** For what went wrong. */
  public String bad(String text) {
    return paint("31", text);
  }

  /** For what matters less. */
  public String faint(String text) {
    return paint("2", text);
  }

  /** For headings. */
  public String strong(String text) {
    return paint("1", text);
  }

  private String paint(String code, String text) {
    return this == ON ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
