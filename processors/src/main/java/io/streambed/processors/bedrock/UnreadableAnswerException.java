/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

/** An answer of a form that we do not know. The message says what is missing and holds no data. */
final class UnreadableAnswerException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String missing;

  UnreadableAnswerException(String missing) {
    super(missing);
    this.missing = missing;
  }

  /** What is missing. */
  String missing() {
    return missing;
  }
}
