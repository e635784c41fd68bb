/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

/** What the command's exit code says. Constants, because annotations need them. */
final class ExitCode {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int UNREACHABLE = 3;
  static final int TIMED_OUT = 4;
  static final int INTERRUPTED = 130;

  static final String OK_TEXT = "0:done";
  static final String FAILED_TEXT =
      "1:failed: a request ended as a dead letter, or what the message says";
  static final String USAGE_TEXT =
      "2:wrong usage: an option, the configuration or a line of a file is wrong";
  static final String UNREACHABLE_TEXT = "3:Kafka or the schema registry cannot be reached";
  static final String TIMED_OUT_TEXT = "4:not settled within --timeout; the requests go on";
  static final String INTERRUPTED_TEXT = "130:ended by Ctrl-C";

  private ExitCode() {}
}
