/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

/** The platform cannot start; the message says what to do about it. */
public final class StartupException extends RuntimeException {

  private StartupException(String message) {
    super(message);
  }

  static StartupException because(String message) {
    return new StartupException(message);
  }
}
