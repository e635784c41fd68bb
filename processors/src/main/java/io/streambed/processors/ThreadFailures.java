/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread fails: another takes its place and starts again from what was
 * committed. Messages of the exceptions are not logged, because they can quote a record; their
 * types and places are.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);
  private static final int FRAMES = 5;

  @Override
  public StreamThreadExceptionResponse handle(Throwable failure) {
    LOG.atError()
        .addKeyValue("failure", describe(failure))
        .log("a stream thread failed and is replaced");
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  static String describe(Throwable failure) {
    List<String> parts = new ArrayList<>();
    for (Throwable cause = failure; cause != null && parts.size() < 20; cause = cause.getCause()) {
      parts.add(cause.getClass().getName());
      StackTraceElement[] trace = cause.getStackTrace();
      for (int i = 0; i < Math.min(FRAMES, trace.length); i++) {
        parts.add("at " + trace[i]);
      }
    }
    return String.join(" ", parts);
  }
}
