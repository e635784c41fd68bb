/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.process;

/**
 * A process did not start, did not answer, or ended too early; the message says where its log is,
 * and how it ends.
 */
public final class ProcessFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ProcessFailedException(String message) {
    super(message);
  }
}
