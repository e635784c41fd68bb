/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import java.util.regex.Pattern;

/**
 * The stream's name or ARN as the user wrote it.
 *
 * @param text with or without {@code ${topic}}
 */
record StreamTemplate(String text) {

  private static final String TOPIC = "${topic}";

  /** "StreamName" and "StreamARN" in the Kinesis API reference. */
  private static final Pattern FORM =
      Pattern.compile("(arn:[a-z-]+:kinesis:[a-z0-9-]+:\\d{12}:stream/)?[a-zA-Z0-9_.-]{1,128}");

  static boolean isValid(String text) {
    return FORM.matcher(text.replace(TOPIC, "t")).matches();
  }

  static boolean isArn(String stream) {
    return stream.startsWith("arn:");
  }

  /** Whether all records go to one stream. */
  boolean isLiteral() {
    return !text.contains(TOPIC);
  }

  String of(String topic) {
    return text.replace(TOPIC, topic);
  }
}
