/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.harness.PlatformHarness;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * A command that ran in this JVM.
 *
 * @param exitCode its exit code
 * @param out what it printed
 * @param err what it said beside
 */
record CommandRun(int exitCode, String out, String err) {

  static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        StreambedCommand.commandLine(arguments)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    int exitCode = line.execute(arguments);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  /** A command against the services of a harness. */
  static CommandRun at(PlatformHarness harness, String... words) {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.add("--bootstrap-server=" + harness.stack().cluster().bootstrapServers());
    all.add("--registry=" + harness.stack().local().registry().url());
    return of(all.toArray(String[]::new));
  }

  String lastLine() {
    return out.stripTrailing().lines().reduce("", (before, line) -> line);
  }
}
