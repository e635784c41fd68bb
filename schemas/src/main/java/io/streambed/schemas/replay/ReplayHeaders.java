/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.replay;

/**
 * Headers by which a run sends a recorded request through the platform, and by which what comes of
 * it is known again. Values are UTF-8 text. A producer's own headers never begin like these.
 */
public final class ReplayHeaders {

  /** Id of the run. On requests and on everything that is written for them. */
  public static final String RUN = "streambed-replay-run";

  /** The recorded request's {@code topic-partition-offset}. On requests and what is written. */
  public static final String SOURCE = "streambed-replay-source";

  /** The most that the run expects a call to cost, in pico-dollars. On requests and results. */
  public static final String BOUND = "streambed-replay-bound";

  /** Topic of the result. On requests, and among a request's headers in its dead letter. */
  public static final String RESULTS = "streambed-replay-results";

  /** Topic of the dead letter. On requests. */
  public static final String DEAD_LETTERS = "streambed-replay-dead-letters";

  /** Topic that a record is written to. On what is written by the platform. */
  public static final String OUTPUT = "streambed-replay-output";

  /** Stands, with any value, on a result that was copied from an earlier one. */
  public static final String COPIED = "streambed-replay-copied";

  private ReplayHeaders() {}
}
