/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import java.util.Collection;

/**
 * Calls whose end has not been dealt with, or told to the process that has their task now.
 *
 * @param unsent committed, and waiting for a permit of their lane
 * @param open sent, and not answered
 * @param ended answered, and what that brought is not committed
 */
public record UnsettledCalls(int unsent, int open, int ended) {

  static UnsettledCalls of(Collection<OpenCall> calls) {
    int unsent = 0;
    int open = 0;
    int ended = 0;
    for (OpenCall call : calls) {
      if (call.isAwaited()) {
        switch (call.phase()) {
          case READY -> unsent++;
          case OPEN -> open++;
          case ENDED -> ended++;
          case WITHDRAWN -> {}
        }
      }
    }
    return new UnsettledCalls(unsent, open, ended);
  }

  /** All of them. */
  public int total() {
    return unsent + open + ended;
  }
}
