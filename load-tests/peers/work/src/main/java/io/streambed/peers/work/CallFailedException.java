/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.peers.work;

import io.streambed.processors.model.CallFailure;

/** A call that brought no answer. The message holds the reason and nothing of the request. */
public final class CallFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CallFailedException(CallFailure reason) {
    super("the call failed: " + reason);
  }
}
