/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.streambed.cli.demo.Demonstration;
import io.streambed.cli.request.BadFieldException;
import io.streambed.cli.stack.LocalStack;
import io.streambed.cli.stack.TemporaryFolder;
import io.streambed.local.LocalOptions;
import io.streambed.local.bedrock.latency.Latency;
import io.streambed.processors.Streambed;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows everything at work in one process. */
@Command(
    name = "demo",
    header = "See it work: everything in one process, with a workload, on free ports.",
    description = {
      "Starts Kafka, a schema registry, the Bedrock stand-in and the platform, publishes some dozens of "
          + "prompts and texts of two companies, and prints what becomes of each: answers, equal questions that "
          + "share one call, batches of texts, callers' mistakes, a model that throttles and one that fails. "
          + "Nothing leaves this machine and nothing is paid.",
      "",
      "Its files are in cli/src/main/resources/demo; each line says how it is to be settled."
    },
    exitCodeList = {
      "0:each request was settled as its file says",
      "1:failed: something was not, which is told",
      ExitCode.INTERRUPTED_TEXT
    })
final class DemoCommand implements Callable<Integer> {
  private static final int PARTITIONS = 4;
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final long STOP_MILLIS = 30_000;

  /** Real models take longer; this is enough for equal questions to meet in flight. */
  private static final Latency LATENCY =
      new Latency.PerToken(Duration.ofMillis(500), Duration.ofMillis(4));

  @Spec private CommandSpec spec;

  @Option(
      names = "--keep",
      description = "Go on running afterwards, until Ctrl-C, and say how to reach it.")
  private boolean keep;

  @Override
  public Integer call() throws BadFieldException, IOException, InterruptedException {
    Console console = Console.of(spec);
    try (StopSignal stop = StopSignal.listen(() -> {}, STOP_MILLIS);
        TemporaryFolder state = TemporaryFolder.create("streambed-demo")) {
      console.print("starting Kafka, a schema registry and a Bedrock stand-in ...");
      try (LocalStack stack =
          LocalStack.start(
              LocalOptions.ephemeral().withLatency(LATENCY), PARTITIONS, settings(state))) {
        console.print("starting the platform ...");
        try (Streambed streambed = Streambed.start(stack.config(), new SimpleMeterRegistry())) {
          if (!streambed.awaitRunning(START_LIMIT)) {
            throw CommandFailedException.failed(
                "the platform does not run after %d s".formatted(START_LIMIT.toSeconds()));
          }
          boolean asExpected = new Demonstration(stack, console::print, console.colour()).run();
          if (keep) {
            keepRunning(console, stack, stop);
          }
          return asExpected ? ExitCode.OK : ExitCode.FAILED;
        }
      }
    }
  }

  private static Map<String, String> settings(TemporaryFolder state) {
    Map<String, String> settings = new HashMap<>();
    settings.put("STREAMBED_INSTANCE_ID", "demo");
    settings.put("STREAMBED_STATE_DIR", state.path().toString());
    settings.put("STREAMBED_OPS_ENABLED", "false");
    // A failing model is given up after seconds and not, as in earnest, after minutes.
    settings.put("STREAMBED_RETRY_MAX_ATTEMPTS", "3");
    settings.put("STREAMBED_RETRY_BACKOFF_MS", "200");
    // A handful of texts of each tenant are to meet in one call.
    settings.put("STREAMBED_EMBEDDING_BUCKETS", "1");
    settings.put("STREAMBED_BATCH_MAX_WAIT_MS", "200");
    return settings;
  }

  private static void keepRunning(Console console, LocalStack stack, StopSignal stop)
      throws InterruptedException {
    String at =
        " --bootstrap-server %s --registry %s"
            .formatted(stack.local().kafka().bootstrapServers(), stack.local().registry().url());
    console.note("Bedrock stand-in at " + stack.local().bedrock().url());
    console.note("it goes on until Ctrl-C; from another terminal:");
    console.note("  ./streambed submit --prompt \"Why do rivers meander?\" --wait" + at);
    console.note("  ./streambed results --from-beginning" + at);
    stop.await();
  }
}
