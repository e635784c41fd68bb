/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Whether to wait for the settlements, and how they are printed. */
final class WaitOptions {
  @Option(
      names = {"-w", "--wait"},
      description =
          "Wait for the results and print them. Ctrl-C stops the waiting, not the requests.")
  boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "2m",
      description = "Longest time to wait. Default: ${DEFAULT-VALUE}.")
  Duration timeout = Duration.ofMinutes(2);

  @Option(
      names = "--json",
      description =
          "Print a JSON object for each, on a line: the settlement, or without --wait where the request stands.")
  boolean json;
}
