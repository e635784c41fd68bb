/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

/** A transaction stays open, and what it has written can be neither counted on nor left out. */
public final class OpenTransactionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private OpenTransactionException(String message) {
    super(message);
  }

  static OpenTransactionException on(String topic) {
    return new OpenTransactionException(
        ("a transaction on topic '%s' does not end, so what was redriven is not known; look for"
                + " whoever writes to it, or wait until the broker has ended it")
            .formatted(topic));
  }
}
