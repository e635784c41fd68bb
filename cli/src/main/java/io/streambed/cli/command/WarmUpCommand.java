/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.rehearsal.Rehearsal;
import io.streambed.cli.request.BadFieldException;
import io.streambed.cli.stack.LocalStack;
import io.streambed.cli.stack.TemporaryFolder;
import io.streambed.local.LocalOptions;
import io.streambed.local.bedrock.latency.Latency;
import io.streambed.processors.Operations;
import io.streambed.processors.Streambed;
import io.streambed.processors.config.StreambedConfig;
import io.streambed.processors.invocation.UnsettledCalls;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Keeps the platform busy while the JVM notes what it does; the launcher has it noted. */
@Command(
    name = "warm-up",
    header = "Make `run` start quickly and be fast sooner; needs Java 25, once per installation.",
    description = {
      "Runs the platform for some seconds beside its own Kafka and its own Bedrock stand-in, while the JVM "
          + "notes which classes and methods are needed. The notes go to a file beside the jar, and "
          + "`run` finds them there from then on (JEP 483 and JEP 515, an AOT cache). They fit this "
          + "installation and this Java: after an update of either, warm up again; notes that do not fit are "
          + "not used. Nothing leaves this machine."
    },
    exitCodeList = {
      ExitCode.OK_TEXT,
      "1:failed: it could not start, or what the message says",
      ExitCode.USAGE_TEXT,
      ExitCode.INTERRUPTED_TEXT
    },
    footer = {"", "Example:", "  ./streambed warm-up"})
final class WarmUpCommand implements Callable<Integer> {
  private static final int PARTITIONS = 4;
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final long STOP_MILLIS = 30_000;

  /** A call takes a tenth of a second here; one that takes so long is sent again. */
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  private static final Latency LATENCY =
      new Latency.Uniform(Duration.ofMillis(50), Duration.ofMillis(150));

  @Spec private CommandSpec spec;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "How long to work, such as 20s or 1m; default ${DEFAULT-VALUE}.")
  private Duration time;

  @Override
  public Integer call() throws BadFieldException, IOException, InterruptedException {
    if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(LONGEST) > 0) {
      throw CommandFailedException.usage("--for must be between 1s and 10m");
    }
    Console console = Console.of(spec);
    try (StopSignal stop = StopSignal.listen(() -> {}, STOP_MILLIS);
        TemporaryFolder state = TemporaryFolder.create("streambed-warm-up")) {
      console.note("starting Kafka, a schema registry, a Bedrock stand-in and the platform ...");
      try (LocalStack stack =
          LocalStack.start(
              LocalOptions.ephemeral().withLatency(LATENCY), PARTITIONS, settings(state))) {
        rehearse(console, stack, stop);
      }
      return stop.came() ? ExitCode.INTERRUPTED : ExitCode.OK;
    }
  }

  private void rehearse(Console console, LocalStack stack, StopSignal stop)
      throws BadFieldException, InterruptedException {
    StreambedConfig config = stack.config();
    try (Operations operations = Operations.start(config, Clock.systemUTC());
        Streambed streambed = Streambed.start(config, operations)) {
      if (!streambed.awaitRunning(START_LIMIT)) {
        throw CommandFailedException.failed(
            "the platform does not run after %d s".formatted(START_LIMIT.toSeconds()));
      }
      console.note("working for %d s ...".formatted(time.toSeconds()));
      Rehearsal.Outcome outcome = new Rehearsal(stack).run(time, stop::came);
      if (outcome.settled() < outcome.published() && !stop.came()) {
        UnsettledCalls calls = streambed.unsettledCalls();
        throw CommandFailedException.failed(
            "%,d of %,d requests are not settled, and none has been for %d s; %,d calls wait to be sent, %,d are open, %,d have ended and are not committed, and the stand-in has %,d open"
                .formatted(
                    outcome.published() - outcome.settled(),
                    outcome.published(),
                    Rehearsal.PATIENCE.toSeconds(),
                    calls.unsent(),
                    calls.open(),
                    calls.ended(),
                    stack.local().bedrock().ledger().summary().open()));
      }
      if (outcome.again() > 0) {
        console.note(
            "%,d requests took more than one call, where one should do".formatted(outcome.again()));
      }
      console.note(
          "settled %,d requests; stopping, and writing what was noted ..."
              .formatted(outcome.settled()));
    }
  }

  private static Map<String, String> settings(TemporaryFolder state) {
    Map<String, String> settings = new HashMap<>();
    settings.put("STREAMBED_INSTANCE_ID", "warm-up");
    settings.put("STREAMBED_STATE_DIR", state.path().toString());
    settings.put("STREAMBED_OPS_PORT", "0");
    settings.put("STREAMBED_BEDROCK_READ_TIMEOUT_MS", Long.toString(ANSWER_LIMIT.toMillis()));
    settings.put("STREAMBED_BEDROCK_CALL_TIMEOUT_MS", Long.toString(2 * ANSWER_LIMIT.toMillis()));
    return settings;
  }
}
