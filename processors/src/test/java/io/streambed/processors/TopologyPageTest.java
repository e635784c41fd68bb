/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.streambed.processors.commit.AfterCommit;
import io.streambed.processors.config.ConfigLoader;
import io.streambed.processors.config.StreambedConfig;
import io.streambed.processors.invocation.Calls;
import io.streambed.processors.invocation.Elsewhere;
import io.streambed.processors.invocation.HandDepartures;
import io.streambed.processors.invocation.Load;
import io.streambed.processors.invocation.Tenants;
import io.streambed.processors.job.Cancellations;
import io.streambed.processors.job.PausedPartitions;
import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.ModelCall;
import io.streambed.processors.model.ModelClient;
import io.streambed.processors.model.ModelResult;
import io.streambed.processors.topology.Steps;
import io.streambed.processors.topology.StreambedTopology;
import io.streambed.processors.topology.StreamsSettings;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.AvroEncoder;
import io.streambed.schemas.serdes.SubjectNaming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TopologyPageTest {

  private static final Path PAGE = Path.of("..", "docs", "architecture.md");
  private static final String BEGIN = "<!-- topology:begin -->\n";
  private static final String END = "<!-- topology:end -->";

  @Test
  void thePageShowsTheTopologyThatIsRun() throws IOException {
    // Given
    String page = Files.readString(PAGE);
    String block = BEGIN + "\n```text\n" + describe() + "```\n\n" + END;
    if (System.getProperty("regenerate") != null) {
      page =
          page.substring(0, page.indexOf(BEGIN))
              + block
              + page.substring(page.indexOf(END) + END.length());
      Files.writeString(PAGE, page);
    }

    // When
    String committed = page.substring(page.indexOf(BEGIN), page.indexOf(END) + END.length());

    // Then
    assertThat(committed)
        .as(
            "docs/architecture.md does not show the topology; write it anew with: mvn -Dquick -pl"
                + " processors -am test -Dtest=TopologyPageTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dregenerate")
        .isEqualTo(block);
  }

  private static String describe() {
    StreambedConfig config =
        ConfigLoader.load(
                Map.of(
                    "kafka.bootstrap.servers", "unused:9092",
                    "registry.urls", "http://unused:8081",
                    "bedrock.region", "us-east-1",
                    "instance.id", "a",
                    "budget.daily", "1",
                    "models.sonnet.id", "anthropic.claude-sonnet-4-5-20250929-v1:0"),
                Map.of())
            .config();
    try (SchemaRegistryClient registry = new SchemaRegistryClient(config.registry())) {
      AvroEncoder encoder = new AvroEncoder(registry, SubjectNaming.TOPIC_NAME, true);
      Clock clock = Clock.systemUTC();
      Steps steps =
          new Assembly(
                  config,
                  registry,
                  encoder,
                  Map.of(),
                  new KafkaOutputTopics(config.kafka(), clock),
                  new SimpleMeterRegistry(),
                  clock)
              .steps(
                  new Calls(
                      new Silent(),
                      config.invocation(),
                      Tenants.equal(),
                      1,
                      clock,
                      () -> 0,
                      new HandDepartures(),
                      new Elsewhere("a")),
                  new Load(1, 1),
                  new Cancellations(),
                  new AfterCommit(Clock.systemUTC()),
                  new PausedPartitions());
      return StreambedTopology.build(steps, StreamsSettings.of(config.kafka()))
              .describe()
              .toString()
              .stripTrailing()
              .replaceAll("(?m)[ \\t]+$", "")
              .replaceAll("\n{2,}", "\n")
          + "\n";
    }
  }

  private static final class Silent implements ModelClient {
    @Override
    public CompletableFuture<ModelResult> call(ModelCall call) {
      return CompletableFuture.completedFuture(
          ModelResult.Failed.of(CallFailure.INTERNAL, "not to be called"));
    }

    @Override
    public void close() {}
  }
}
