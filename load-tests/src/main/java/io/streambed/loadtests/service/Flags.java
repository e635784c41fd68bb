/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

import java.util.HashMap;
import java.util.Map;

/** Arguments of the form {@code --name value}. */
public final class Flags {
  private final Map<String, String> values = new HashMap<>();

  private Flags(String[] arguments) {
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      values.put(arguments[i], arguments[i + 1]);
    }
  }

  /** The flags of a command line. */
  public static Flags of(String... arguments) {
    return new Flags(arguments);
  }

  /**
   * The value of a flag.
   *
   * @throws IllegalArgumentException if it is missing
   */
  public String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  /** The value of a flag, or another where it is missing. */
  public String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** The value of a flag that is a whole number. */
  public int number(String name, int otherwise) {
    return Integer.parseInt(text(name, Integer.toString(otherwise)));
  }
}
