/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import java.time.Duration;

/** Waits on the call's own virtual thread, which costs a few hundred bytes and no system thread. */
final class Pause {
  private Pause() {}

  static void of(Duration time) {
    if (!time.isPositive()) {
      return;
    }
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      // The server is stopping: what is left to write fails by itself.
      Thread.currentThread().interrupt();
    }
  }
}
