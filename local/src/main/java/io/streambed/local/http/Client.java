/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.http;

import java.time.Duration;

/** The caller's end of a connection. Used by the thread of one request only. */
public interface Client {

  /**
   * Waits, but not for a client that leaves: that the connection is closed is noticed at once. That
   * a single stream of HTTP/2 is cancelled is not noticed.
   *
   * @return whether the client is still there
   */
  boolean await(Duration time);

  /** Closes the connection at once, without an answer. */
  void cut();
}
