/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.cluster.Start;
import picocli.CommandLine.Option;

/** What to read, for the commands that read settlements. */
final class ReadOptions {
  /** Each transaction leaves a marker, so that looking back needs about two offsets a record. */
  private static final int OFFSETS_A_RECORD = 3;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what comes, until Ctrl-C.")
  boolean follow;

  @Option(names = "--json", description = "Print each as a JSON object on a line, whole.")
  boolean json;

  @Option(names = "--from-beginning", description = "Read everything the topic still holds.")
  private boolean fromBeginning;

  @Option(
      names = {"-n", "--last"},
      paramLabel = "N",
      defaultValue = "20",
      description = "Begin with the last N. Default: ${DEFAULT-VALUE}.")
  private int last;

  /**
   * Where to begin.
   *
   * @param some whether only some are wanted, wherever they are in the topic
   */
  Start start(boolean some) {
    if (fromBeginning || some) {
      return new Start.Beginning();
    }
    return last <= 0 ? new Start.End() : new Start.Tail((long) OFFSETS_A_RECORD * last);
  }

  /**
   * Of what there is, how many of the newest are shown.
   *
   * @param some whether only some are wanted
   */
  int most(boolean some) {
    return fromBeginning || some ? Integer.MAX_VALUE : Math.max(0, last);
  }
}
