/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

/** A field that must hold JSON does not. */
final class NotJsonException extends Exception {

  private final String field;

  /**
   * @param field path of the field
   */
  NotJsonException(String field) {
    super(field + " holds no JSON value");
    this.field = field;
  }

  String field() {
    return field;
  }
}
