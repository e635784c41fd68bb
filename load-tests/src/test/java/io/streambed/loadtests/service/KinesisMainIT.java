/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.process.Children;
import io.streambed.loadtests.process.Launch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in for Kinesis and AWS' own client, each in a process of its own. */
class KinesisMainIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void whatTheBareClientPutsItReadsOnce() throws Exception {
    try (Children children = new Children(folder, LIMIT.multipliedBy(2))) {
      // Given
      Child kinesis = children.start(Launch.own("kinesis", "512m", KinesisMain.class, List.of()));
      String url = kinesis.awaitReady(LIMIT);
      Child client =
          children.start(
              Launch.own(
                  "client",
                  "512m",
                  KinesisClientMain.class,
                  List.of("--endpoint", url, "--region", "eu-central-1")));
      client.awaitReady(LIMIT);

      // When: more than one read of a shard gives
      client.ask("create numbers 2", LIMIT);
      JsonNode first = answer(client, "put numbers 0 20000 1000");
      JsonNode second = answer(client, "put numbers 20000 5000 1000");
      JsonNode read = answer(client, "get numbers 25000");

      // Then
      assertThat(first.path("records").asInt()).isEqualTo(20_000);
      assertThat(second.path("records").asInt()).isEqualTo(5_000);
      assertThat(read.path("records").asInt()).isEqualTo(25_000);
      assertThat(read.path("distinct").asInt()).isEqualTo(25_000);
    }
  }

  private static JsonNode answer(Child client, String order) throws Exception {
    return new ObjectMapper().readTree(client.ask(order, LIMIT));
  }
}
