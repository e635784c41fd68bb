/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.harness.PlatformHarness;
import io.streambed.cli.harness.Sample;
import io.streambed.cli.harness.Terminal;
import io.streambed.cli.request.Request;
import io.streambed.local.bedrock.latency.Latency;
import io.streambed.schemas.replay.ReplayHeaders;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What becomes of runs that are killed, paused, cancelled, or would cost too much. */
class ReplayInterruptedIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REQUESTS = 160;
  private static final Latency FAST = new Latency.Fixed(Duration.ofMillis(50));
  private static final Latency SLOW = new Latency.Fixed(Duration.ofSeconds(3));

  @Test
  void aRunSurvivesWhateverStopsIt() throws Exception {
    try (PlatformHarness harness =
        PlatformHarness.start(Map.of("models.claude-haiku.concurrency", "40"))) {
      harness.runHere();
      harness.publish(prompts());
      harness.settlements().awaitCount(REQUESTS, LIMIT);
      killedAndTakenOverItAsksAndPaysOnce(harness);
      itStopsAtItsPriceAndGoesOnWithMore(harness);
      pausedItEndsAndResumedItGoesOnUntilItIsCancelled(harness);
    }
  }

  private static void killedAndTakenOverItAsksAndPaysOnce(PlatformHarness harness)
      throws Exception {
    // Given
    int before = harness.ledger().calls().size();

    // When: its process is killed in the middle, and a third goes on while the second is at it
    List<String> begin =
        List.of("replay", "--model", "claude-haiku", "--run", "killed", "--share", "0.3", "--yes");
    killAfter(harness, begin, before + 20);
    CommandRun status = ReplayIT.command(harness, "replay", "status", "killed");
    JsonNode told =
        JSON.readTree(ReplayIT.command(harness, "replay", "status", "killed", "--json").out());
    CompletableFuture<CommandRun> third;
    try (Terminal second = open(harness, List.of("replay", "resume", "killed"))) {
      slowAfter(harness, before + 60);
      third =
          CompletableFuture.supplyAsync(
              () -> ReplayIT.command(harness, "replay", "resume", "killed"));
      assertThat(second.awaitEnd(LIMIT)).as(second.said()).isEqualTo(1);
      assertThat(second.said()).contains("goes on in another process").doesNotContain("    at ");
    }
    int asked = asked(harness, "killed").size();
    assertThat(asked).as("asked by then").isBetween(60, REQUESTS - 1);
    harness.bedrock().latency("*", FAST);
    CommandRun end = third.get();

    // Then: and while it was open, it was said how long it would take
    assertThat(told.path("secondsLeft").asLong()).as(told.toString()).isPositive();
    assertThat(status.out()).containsPattern("TIME LEFT +about ");
    assertThat(end.exitCode()).as(end.out() + end.err()).isZero();
    List<String> all = asked(harness, "killed");
    assertThat(all).hasSize(REQUESTS).doesNotHaveDuplicates();
    assertThat(harness.ledger().calls().size() - before).isEqualTo(REQUESTS);
    List<JsonNode> compared =
        ReplayIT.json(ReplayIT.command(harness, "compare", "killed", "--json"));
    Set<String> sources = new HashSet<>();
    compared.subList(0, compared.size() - 1).forEach(it -> sources.add(it.path("source").asText()));
    assertThat(compared).hasSize(REQUESTS + 1);
    assertThat(sources).hasSize(REQUESTS);
  }

  private static void killAfter(PlatformHarness harness, List<String> command, int calls)
      throws IOException {
    try (Terminal terminal = open(harness, command)) {
      slowAfter(harness, calls);
      assertThat(terminal.isAlive()).as(terminal.said()).isTrue();
      terminal.kill();
    }
  }

  /** Begins a command whose calls are quick. */
  private static Terminal open(PlatformHarness harness, List<String> command) throws IOException {
    harness.bedrock().latency("*", FAST);
    return Terminal.open(harness.folder(), harness.stack().environment(), command);
  }

  /**
   * Lets so many calls through, and has those that follow take so long that a run cannot come to
   * its end before the test does what it is about.
   */
  private static void slowAfter(PlatformHarness harness, int calls) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> assertThat(harness.ledger().calls()).hasSizeGreaterThanOrEqualTo(calls));
    harness.bedrock().latency("*", SLOW);
  }

  private static void itStopsAtItsPriceAndGoesOnWithMore(PlatformHarness harness) throws Exception {
    // Given
    harness.bedrock().latency("*", new Latency.Fixed(Duration.ZERO));
    long most = 1_000_000_000L;

    // When
    CommandRun stopped =
        ReplayIT.replay(
            harness, "--model", "nova-lite", "--run", "dear", "--max-cost", "0.001", "--yes");

    // Then: it has used most of what it may spend, and no more
    assertThat(stopped.exitCode()).as(stopped.out() + stopped.err()).isEqualTo(1);
    assertThat(stopped.out()).contains("--max-cost");
    JsonNode status = status(harness, "dear");
    assertThat(status.path("state").asText()).isEqualTo("COST_REACHED");
    assertThat(status.path("spentPicoDollars").asLong()).isBetween(most / 2, most);
    assertThat(status.path("settled").asInt()).isLessThan(REQUESTS);

    // When
    CommandRun more = ReplayIT.command(harness, "replay", "resume", "dear", "--max-cost", "1");

    // Then
    assertThat(more.exitCode()).as(more.out() + more.err()).isZero();
    assertThat(asked(harness, "dear")).hasSize(REQUESTS).doesNotHaveDuplicates();
  }

  private static void pausedItEndsAndResumedItGoesOnUntilItIsCancelled(PlatformHarness harness)
      throws Exception {
    // Given
    harness.bedrock().latency("*", FAST);
    int before = harness.ledger().calls().size();
    CompletableFuture<CommandRun> running =
        CompletableFuture.supplyAsync(() ->
            ReplayIT.replay(
                harness,
                "--model",
                "claude-haiku",
                "--system",
                "Be brief.",
                "--run",
                "watched",
                "--share",
                "0.2",
                "--yes"));
    slowAfter(harness, before + 5);

    // When
    ReplayIT.command(harness, "replay", "pause", "watched");
    CommandRun paused = running.get();

    // Then: nothing is open, and nothing more is asked
    assertThat(paused.out()).contains("paused").contains("replay resume watched");
    JsonNode status = status(harness, "watched");
    assertThat(status.path("state").asText()).isEqualTo("PAUSED");
    assertThat(status.path("settled")).isEqualTo(status.path("submitted"));
    assertThat(status.path("submitted").asInt()).isLessThan(REQUESTS);

    // When
    harness.bedrock().latency("*", FAST);
    CompletableFuture<CommandRun> resumed =
        CompletableFuture.supplyAsync(
            () -> ReplayIT.command(harness, "replay", "resume", "watched"));
    slowAfter(harness, harness.ledger().calls().size() + 5);
    ReplayIT.command(harness, "replay", "cancel", "watched");

    // Then
    assertThat(resumed.get().out()).contains("cancelled");
    assertThat(asked(harness, "watched")).hasSizeLessThan(REQUESTS).doesNotHaveDuplicates();
    CommandRun again = ReplayIT.command(harness, "replay", "resume", "watched");
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("is over");
  }

  private static JsonNode status(PlatformHarness harness, String run) throws Exception {
    CommandRun status = ReplayIT.command(harness, "replay", "status", run, "--json");
    return status.exitCode() == 0 ? JSON.readTree(status.out()) : JSON.createObjectNode();
  }

  /**
   * Places of the recorded requests that a run has asked again, as a committed reader sees them.
   */
  private static List<String> asked(PlatformHarness harness, String run) {
    List<String> places = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = KafkaAccess.to(harness.stack().cluster()).consumer()) {
      List<TopicPartition> all =
          consumer.partitionsFor("replay-requests").stream()
              .map(it -> new TopicPartition(it.topic(), it.partition()))
              .toList();
      consumer.assign(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      consumer.seekToBeginning(all);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (new String(record.headers().lastHeader(ReplayHeaders.RUN).value(), UTF_8)
              .equals(run)) {
            places.add(
                new String(record.headers().lastHeader(ReplayHeaders.SOURCE).value(), UTF_8));
          }
        }
      }
    }
    return places;
  }

  private static List<Request> prompts() {
    return IntStream.range(0, REQUESTS)
        .mapToObj(i ->
            Sample.line(
                "{\"id\":\"q-%d\",\"prompt\":\"Question %d: what is a delta?\",\"inference\":{\"maxTokens\":120}}"
                    .formatted(i, i)))
        .toList();
  }
}
