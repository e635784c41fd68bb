/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.show.Colour;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command writes.
 *
 * @param out for what was asked for
 * @param err for everything else
 * @param colour whether a person is looking
 */
record Console(PrintWriter out, PrintWriter err, Colour colour) {

  /** The console of a command; colours are on at a terminal unless NO_COLOR is set. */
  static Console of(CommandSpec spec) {
    CommandLine command = spec.commandLine();
    return new Console(
        command.getOut(), command.getErr(), Ansi.AUTO.enabled() ? Colour.ON : Colour.OFF);
  }

  /** Writes a line of what was asked for, at once. */
  void print(String line) {
    out.println(line);
    out.flush();
  }

  /** Writes a line beside what was asked for. */
  void note(String line) {
    err.println(colour.faint(line));
    err.flush();
  }
}
