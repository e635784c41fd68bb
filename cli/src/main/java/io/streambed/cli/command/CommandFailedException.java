/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

/** Ends a command with a message for the user and an exit code; not a bug. */
final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandFailedException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** What was asked could not be done. */
  static CommandFailedException failed(String message) {
    return new CommandFailedException(ExitCode.FAILED, message);
  }

  /** The user must write something else. */
  static CommandFailedException usage(String message) {
    return new CommandFailedException(ExitCode.USAGE, message);
  }

  /** A server does not answer. */
  static CommandFailedException unreachable(String message) {
    return new CommandFailedException(ExitCode.UNREACHABLE, message);
  }

  int exitCode() {
    return exitCode;
  }
}
