/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Everything that is logged, down to the finest level, while it is open. */
final class CapturedLogs implements AutoCloseable {

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final @Nullable Level before = root.getLevel();
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();

  CapturedLogs() {
    events.start();
    root.setLevel(Level.TRACE);
    root.addAppender(events);
  }

  /** Messages, key-values and exceptions of our own loggers and of all others. */
  String text() {
    return events.list.stream()
        .map(e -> e.getFormattedMessage() + e.getKeyValuePairs() + text(e.getThrowableProxy()))
        .collect(Collectors.joining("\n"));
  }

  /** How often something was logged. */
  long count(String message) {
    return events.list.stream().filter(e -> e.getFormattedMessage().contains(message)).count();
  }

  private static String text(@Nullable IThrowableProxy failure) {
    return failure == null ? "" : failure.getMessage() + text(failure.getCause());
  }

  @Override
  public void close() {
    root.detachAppender(events);
    root.setLevel(before);
  }
}
