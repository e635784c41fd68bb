/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.local.bedrock.BedrockOptions;
import io.streambed.local.bedrock.LocalBedrock;
import io.streambed.local.bedrock.latency.Latency;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the Bedrock stand-in alone, such as in a container beside a real broker and registry. */
@Command(
    name = "stand-in",
    header = "Start the Bedrock stand-in alone, to test other parts of a system with.",
    description = {
      "Speaks Bedrock's wire protocol and answers with made-up text, for nothing. Runs until Ctrl-C. "
          + "Asks nobody who they are: open it only to a network that may use it."
    },
    exitCodeList = {
      "0:stopped",
      "1:failed, such as by a port that is taken",
      ExitCode.USAGE_TEXT,
      ExitCode.INTERRUPTED_TEXT
    })
final class StandInCommand implements Callable<Integer> {
  private static final long STOP_MILLIS = 5_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8000",
      description = "Default: ${DEFAULT-VALUE}; 0 picks a free one.")
  private int port;

  @Option(
      names = "--first-token",
      paramLabel = "TIME",
      defaultValue = "200ms",
      description = "How long a model takes to begin. Default: ${DEFAULT-VALUE}.")
  private Duration firstToken;

  @Option(
      names = "--per-token",
      paramLabel = "TIME",
      defaultValue = "5ms",
      description = "How much longer for each token of its answer. Default: ${DEFAULT-VALUE}.")
  private Duration perToken;

  @Override
  public Integer call() throws InterruptedException {
    Console console = Console.of(spec);
    BedrockOptions options =
        BedrockOptions.ephemeral()
            .withHost(host)
            .withPort(port)
            .withLatency(new Latency.PerToken(firstToken, perToken));
    try (StopSignal stop = StopSignal.listen(() -> {}, STOP_MILLIS);
        LocalBedrock standIn = LocalBedrock.start(options)) {
      console.print("Bedrock stand-in: " + standIn.url());
      stop.await();
    }
    return ExitCode.OK;
  }
}
