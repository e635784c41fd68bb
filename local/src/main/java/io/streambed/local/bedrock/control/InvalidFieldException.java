/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.control;

/** A request to the control API is wrong: the caller's to correct. */
final class InvalidFieldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param field the field or parameter
   * @param fix what it has to be
   */
  InvalidFieldException(String field, String fix) {
    super(field + ": " + fix);
  }

  /** Names the field and the fix. */
  String text() {
    return String.valueOf(getMessage());
  }
}
