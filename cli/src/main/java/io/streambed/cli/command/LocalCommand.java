/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.show.Table;
import io.streambed.cli.stack.LocalStack;
import io.streambed.local.Local;
import io.streambed.local.LocalOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a broker, a registry and the Bedrock stand-in until it is stopped. */
@Command(
    name = "local",
    header = "Start Kafka, a schema registry and a Bedrock stand-in, to try and to test with.",
    description = {
      "One process on this machine, reachable from this machine only. The models are a stand-in: they "
          + "speak Bedrock's wire protocol and answer with made-up text, for nothing. Creates the topics and "
          + "runs until Ctrl-C. Not for production."
    },
    exitCodeList = {
      "0:stopped",
      "1:failed, such as by a port that is taken",
      ExitCode.USAGE_TEXT,
      ExitCode.INTERRUPTED_TEXT
    })
final class LocalCommand implements Callable<Integer> {
  /** Enough to see work spread, little enough to start quickly. */
  private static final int PARTITIONS = 4;

  private static final long STOP_MILLIS = 20_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "Default: ${DEFAULT-VALUE}; 0 picks a free one.")
  private int kafkaPort;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "Default: ${DEFAULT-VALUE}; 0 picks a free one.")
  private int registryPort;

  @Option(
      names = "--bedrock-port",
      paramLabel = "PORT",
      defaultValue = "8000",
      description = "Default: ${DEFAULT-VALUE}; 0 picks a free one.")
  private int bedrockPort;

  @Option(
      names = "--data-dir",
      paramLabel = "FOLDER",
      description = "Keep Kafka's data there. Default: a temporary folder, deleted at the end.")
  private @Nullable Path dataDir;

  @Override
  public Integer call() throws InterruptedException {
    Console console = Console.of(spec);
    console.note("starting ...");
    try (StopSignal stop = StopSignal.listen(() -> {}, STOP_MILLIS);
        LocalStack stack = LocalStack.start(options(), PARTITIONS, System.getenv())) {
      tell(console, stack.local());
      stop.await();
      console.note("stopping ...");
    }
    return ExitCode.OK;
  }

  private LocalOptions options() {
    LocalOptions options =
        LocalOptions.fixedPorts()
            .withKafkaPort(kafkaPort)
            .withRegistryPort(registryPort)
            .withBedrockPort(bedrockPort);
    return dataDir == null ? options : options.withDataDir(dataDir);
  }

  private void tell(Console console, Local local) {
    new Table()
        .row("Kafka", local.kafka().bootstrapServers())
        .row("Schema registry", local.registry().url())
        .row("Bedrock stand-in", local.bedrock().url())
        .lines()
        .forEach(console::print);
    console.print("");
    console.print("ready; stop with Ctrl-C. Next, each in a terminal of its own:");
    console.print("  ./streambed run");
    console.print("  ./streambed submit --prompt \"Why do rivers meander?\" --wait");
  }
}
