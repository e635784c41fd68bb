/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli;

import io.streambed.cli.command.StreambedCommand;

/** Where the {@code streambed} command begins. */
public final class Main {
  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(StreambedCommand.commandLine(args).execute(args));
  }
}
