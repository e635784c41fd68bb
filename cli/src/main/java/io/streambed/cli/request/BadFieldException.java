/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.request;

/**
 * A field of a request is wrong. The user who wrote it must correct it; the message names the field
 * and the fix and holds no text of a prompt.
 */
public final class BadFieldException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;

  private BadFieldException(String field, String problem) {
    super(field.isEmpty() ? problem : field + ": " + problem);
    this.field = field;
  }

  /**
   * Names a field that is wrong.
   *
   * @param field path of the field, such as {@code messages[0].role}; empty for the line as a whole
   * @param problem what is wrong with it and what would be right
   */
  public static BadFieldException at(String field, String problem) {
    return new BadFieldException(field, problem);
  }

  /** Path of the field; empty where the line as a whole is wrong. */
  public String field() {
    return field;
  }
}
