/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.request;

/**
 * A value is not what a request needs. Field and reason hold nothing of the value: its text, its
 * labels and its members' names are private.
 */
final class UnfitValueException extends RuntimeException {

  private final String field;
  private final String reason;

  /**
   * @param field of the request, such as {@code inference.maxTokens}
   * @param reason what is wrong with it and what would be right, to follow the field's name
   */
  UnfitValueException(String field, String reason) {
    super(field + " " + reason);
    this.field = field;
    this.reason = reason;
  }

  String field() {
    return field;
  }

  String reason() {
    return reason;
  }
}
