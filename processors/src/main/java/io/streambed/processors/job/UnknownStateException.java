/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.job;

/** A store holds bytes that no known version wrote: a downgrade, or a store of something else. */
public final class UnknownStateException extends RuntimeException {

  private UnknownStateException(String message) {
    super(message);
  }

  static UnknownStateException of(int length, String reason) {
    return new UnknownStateException(
        "stored record of "
            + length
            + " bytes cannot be read ("
            + reason
            + "); it was not written by this version of Streambed or an earlier one");
  }
}
