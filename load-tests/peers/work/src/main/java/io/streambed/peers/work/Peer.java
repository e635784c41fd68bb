/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.peers.work;

import java.io.PrintStream;

/** What a peer's process and whoever started it agree on, beside the command line. */
public final class Peer {

  /** The line on standard output that says that records are being consumed. */
  public static final String READY = "READY";

  /** A failed call is tried again after this, as in the product. */
  public static final long RETRY_BACKOFF_MILLIS = 200;

  /** Longest such wait, as in the product. */
  public static final long RETRY_BACKOFF_MAX_MILLIS = 20_000;

  private Peer() {}

  /** Tells that records are being consumed. */
  public static void tellReady(PrintStream out) {
    out.println(READY);
    out.flush();
  }

  /** Runs something on SIGTERM; the process ends after it. */
  public static void onStop(Runnable stop) {
    Runtime.getRuntime().addShutdownHook(new Thread(stop, "stop"));
  }

  /** Wait before the next try after some that failed; it doubles from one to the next. */
  public static long backoffMillis(int failures) {
    return Math.min(
        RETRY_BACKOFF_MAX_MILLIS, RETRY_BACKOFF_MILLIS << Math.clamp(failures - 1L, 0, 10));
  }
}
