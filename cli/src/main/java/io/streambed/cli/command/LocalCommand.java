/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.TopicAdmin;
import io.streambed.cli.show.Table;
import io.streambed.local.Local;
import io.streambed.local.LocalOptions;
import io.streambed.processors.config.ConfigLoader;
import io.streambed.processors.config.StreambedConfig;
import io.streambed.schemas.registry.RegistryConfig;
import io.streambed.schemas.serdes.SubjectNaming;
import io.streambed.schemas.topics.TopicLayout;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
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
    StreambedConfig profile = ConfigLoader.local(System.getenv()).config();
    console.note("starting ...");
    try (StopSignal stop = StopSignal.listen(() -> {}, STOP_MILLIS);
        Local local = Local.start(options())) {
      createTopics(local, profile);
      tell(console, local);
      stop.await();
      console.note("stopping ...");
    }
    return ExitCode.OK;
  }

  private static void createTopics(Local local, StreambedConfig profile) {
    Cluster cluster =
        new Cluster(
            local.kafka().bootstrapServers(),
            RegistryConfig.of(URI.create(local.registry().url())),
            SubjectNaming.TOPIC_NAME,
            true,
            profile.topics(),
            Map.of());
    int jobPartitions = profile.kafka().jobsPartitions();
    try (TopicAdmin topics = TopicAdmin.to(cluster)) {
      topics.create(new TopicLayout(PARTITIONS, jobPartitions, (short) 1), false);
    }
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
