/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.log;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;

/**
 * Writes stack traces without the messages that can hold a prompt: those of Avro, of the AWS SDK,
 * and those in which Kafka Streams quotes them. Ours never do, nor do those of Kafka's protocol,
 * which name topics, rights and sizes.
 */
public final class SafeStackTrace extends ThrowableHandlingConverter {

  @Override
  public String convert(ILoggingEvent event) {
    StringBuilder text = new StringBuilder();
    String before = "";
    for (IThrowableProxy at = event.getThrowableProxy(); at != null; at = at.getCause()) {
      text.append(before).append(at.getClassName());
      if (at.getMessage() != null && safe(at.getClassName())) {
        text.append(": ").append(at.getMessage());
      }
      text.append('\n');
      frames(at.getStackTraceElementProxyArray(), at.getCommonFrames(), text);
      before = "caused by ";
    }
    return text.toString();
  }

  private static void frames(
      StackTraceElementProxy @Nullable [] frames, int common, StringBuilder text) {
    if (frames == null) {
      return;
    }
    for (int i = 0; i < frames.length - common; i++) {
      text.append("    ").append(frames[i].getSTEAsString()).append('\n');
    }
  }

  private static boolean safe(String className) {
    return className.startsWith("io.streambed.")
        || (className.startsWith("org.apache.kafka.common.errors.")
            && !className.contains("erialization"));
  }
}
