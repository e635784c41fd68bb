/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import org.jspecify.annotations.Nullable;

/** A bench could not be spoken to; the message says what and where. */
public final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BenchException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
