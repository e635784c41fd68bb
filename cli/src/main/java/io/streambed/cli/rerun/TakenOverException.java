/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

/** Another process has gone on with the run; this one must not. */
public final class TakenOverException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private TakenOverException(String message) {
    super(message);
  }

  static TakenOverException of(String run) {
    return new TakenOverException(
        "run %s goes on in another process, and ends here; it is seen with: ./streambed replay status %s"
            .formatted(run, run));
  }
}
