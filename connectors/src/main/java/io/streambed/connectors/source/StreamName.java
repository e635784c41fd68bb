/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stream as its user named it: by name, in the account of the credentials, or by ARN, in any.
 *
 * @param given the name or the ARN; offsets are kept under it
 */
record StreamName(String given) implements Comparable<StreamName> {

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");
  private static final Pattern ARN =
      Pattern.compile("arn:[a-z-]+:kinesis:[a-z0-9-]+:\\d{12}:stream/([a-zA-Z0-9_.-]{1,128})");

  static boolean isValid(String given) {
    return NAME.matcher(given).matches() || ARN.matcher(given).matches();
  }

  boolean isArn() {
    return given.startsWith("arn:");
  }

  /** Without account and region. */
  String name() {
    Matcher arn = ARN.matcher(given);
    return arn.matches() ? arn.group(1) : given;
  }

  @Override
  public int compareTo(StreamName other) {
    return given.compareTo(other.given);
  }

  @Override
  public String toString() {
    return given;
  }
}
