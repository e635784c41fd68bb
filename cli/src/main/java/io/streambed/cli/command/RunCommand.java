/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.processors.Operations;
import io.streambed.processors.Streambed;
import io.streambed.processors.config.StreambedConfig;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the platform until it is stopped. */
@Command(
    name = "run",
    header = "Run the platform: answer requests until it is stopped.",
    description = {
      "Start it more than once, on as many machines as you like, and they share the work; each needs an "
          + "instance.id of its own that stays the same over restarts.",
      "",
      "SIGTERM or Ctrl-C stops it in order: it takes no new request, lets open calls end within "
          + "drain.timeout.ms, commits, and stays a member of the group, so that a quick restart moves no "
          + "work. What it had not finished goes on after the restart or elsewhere. It logs to the standard "
          + "error; STREAMBED_LOG=json writes JSON."
    },
    exitCodeList = {
      "1:failed: it cannot start or cannot go on; the message says what to do",
      ExitCode.USAGE_TEXT,
      ExitCode.INTERRUPTED_TEXT + ", in order",
      "143:ended by SIGTERM, in order"
    },
    footer = {"", "Examples:", "  ./streambed run", "  ./streambed run --config production.yaml"})
final class RunCommand implements Callable<Integer> {
  /** What closing takes beyond the time for open calls: a commit, Kafka's good-bye. */
  private static final Duration CLOSING = Duration.ofSeconds(40);

  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config;

  @Option(
      names = "--leave",
      description = "When stopped, leave the group too: other instances take over at once.")
  private boolean leave;

  @Override
  public Integer call() throws NoSuchFileException, InterruptedException {
    Console console = Console.of(spec);
    if (config.file().isEmpty()) {
      console.note("no --config: running with the packaged profile that fits `./streambed local`");
    }
    StreambedConfig settings = config.load().config();
    try (Operations operations = Operations.start(settings, Clock.systemUTC())) {
      return run(console, settings, operations);
    }
  }

  private int run(Console console, StreambedConfig settings, Operations operations)
      throws InterruptedException {
    Streambed streambed = Streambed.start(settings, operations);
    long stopMillis = settings.invocation().drainTimeout().plus(CLOSING).toMillis();
    try (StopSignal stop = StopSignal.listen(() -> streambed.stop(leave), stopMillis)) {
      if (streambed.awaitRunning(START_LIMIT)) {
        tell(console, settings);
        operations.address().ifPresent(uri -> console.print("health and metrics at " + uri));
      }
      streambed.awaitEnd();
      if (stop.came()) {
        console.note("stopped");
        return ExitCode.OK;
      }
    }
    streambed.close();
    throw CommandFailedException.failed("the platform cannot go on; what it logged says why");
  }

  private static void tell(Console console, StreambedConfig settings) {
    console.print(
        "running as %s in %s, models %s; stop with Ctrl-C"
            .formatted(
                settings.kafka().instanceId(),
                settings.kafka().applicationId(),
                String.join(", ", settings.models().keySet())));
  }
}
