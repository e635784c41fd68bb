/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.cli.harness.PlatformHarness;
import io.streambed.cli.harness.Sample;
import io.streambed.cli.request.Request;
import io.streambed.local.bedrock.fault.Fault;
import io.streambed.local.bedrock.wire.ErrorType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Recorded requests asked again by the commands, on a real platform. */
class ReplayIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void whatIsUnchangedIsFreeAndNobodyDownstreamSeesAThing() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start()) {
      // Given: forty answered prompts, of which four allow longer answers than the others
      harness.runHere();
      harness.publish(prompts(40));
      harness.settlements().awaitCount(40, LIMIT);
      int live = harness.settlements().now().size();
      long paid = harness.ledger().summary().picoDollars();

      // When
      CommandRun estimate =
          replay(harness, "--max-tokens", "120", "--run", "shorter", "--estimate", "--json");

      // Then: what is asked as before costs nothing
      JsonNode told = JSON.readTree(estimate.out());
      assertThat(told.path("known").asInt()).isEqualTo(36);
      assertThat(told.path("calls").asInt()).isEqualTo(4);
      assertThat(told.path("withLengths").asInt()).isEqualTo(4);
      assertThat(harness.ledger().calls()).hasSize(40);

      // When: it asks before it spends, and nobody is there, or says no
      CommandRun unanswered = answering("", harness, "--max-tokens", "120");
      CommandRun refused = answering("n\n", harness, "--max-tokens", "120");

      // Then
      assertThat(unanswered.exitCode()).isEqualTo(2);
      assertThat(unanswered.err()).contains("spend about $0.").contains("--yes says so");
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err()).contains("nothing was asked and nothing spent");
      assertThat(harness.ledger().calls()).hasSize(40);

      // When
      CommandRun run = replay(harness, "--max-tokens", "120", "--run", "shorter", "--yes");

      // Then
      assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
      assertThat(run.out()).contains("run shorter: done");
      assertThat(harness.ledger().calls()).hasSize(44);
      long spent = harness.ledger().summary().picoDollars() - paid;
      assertThat(Math.abs(told.path("picoDollars").asLong() - spent)).isLessThan(spent / 10);
      assertThat(harness.settlements().now()).hasSize(live);

      // When
      CommandRun compared = command(harness, "compare", "shorter");
      List<JsonNode> lines = json(command(harness, "compare", "shorter", "--json"));

      // Then: every request is compared
      assertThat(compared.out()).contains("REQUESTS").contains("equal").contains("36");
      assertThat(lines).hasSize(41);
      assertThat(lines.getLast().path("verdicts").path("EQUAL").asInt()).isGreaterThanOrEqualTo(36);
      assertThat(lines.getLast().path("spentPicoDollars").asLong()).isEqualTo(spent);
      assertThat(lines.getLast().path("copied").asInt()).isEqualTo(36);

      // When: the same is asked for by another run
      CommandRun second =
          replay(harness, "--max-tokens", "120", "--run", "second", "--estimate", "--json");

      // Then: the platform's store has the first run's answers
      assertThat(JSON.readTree(second.out()).path("known").asInt()).as(second.out()).isEqualTo(40);

      // When: a page is written, and the run is looked at
      Path page = harness.folder().resolve("shorter.html");
      command(harness, "compare", "shorter", "--html", page.toString());
      CommandRun status = command(harness, "replay", "status", "shorter", "--json");

      // Then
      assertThat(Files.readString(page)).contains("data:image/png;base64,").contains("Run shorter");
      assertThat(JSON.readTree(status.out()).path("state").asText()).isEqualTo("DONE");
      assertThat(JSON.readTree(status.out()).path("copied").asInt()).isEqualTo(36);
      assertThat(command(harness, "replay", "list").out()).contains("shorter").contains("DONE");
    }
  }

  @Test
  void whatFailedIsAskedAgainAndItsAnswerGoesLiveOnDemand() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start(Map.of("retry.max.attempts", "1"))) {
      // Given: an outage that made dead letters
      harness.runHere();
      harness.publish(Sample.prompt("before", "Why?"));
      harness.settlements().await("before");
      harness.bedrock().faults().add(Fault.error(ErrorType.SERVICE_UNAVAILABLE).next(2));
      harness.publish(Sample.prompt("lost-1", "How?"));
      harness.settlements().await("lost-1");
      harness.publish(Sample.prompt("lost-2", "When?"));
      harness.settlements().await("lost-2");

      // When: a set is saved, of a result and a dead letter
      Path set = harness.folder().resolve("set.jsonl");
      String result = command(harness, "results", "--id", "before", "--json").out();
      String letter = command(harness, "dead-letters", "list", "--id", "lost-2", "--json").out();
      Files.writeString(set, "# saved\n" + result + letter);
      CommandRun named =
          replay(
              harness, "--set", set.toString(), "--cache-policy", "bypass", "--estimate", "--json");
      CommandRun wrong = replay(harness, "--set", set.toString(), "--topic", "embedding-requests");

      // Then
      assertThat(JSON.readTree(named.out()).path("calls").asInt()).as(named.err()).isEqualTo(2);
      assertThat(wrong.exitCode()).isEqualTo(2);
      assertThat(wrong.err()).contains("line 3").contains("names no request of embedding-requests");

      // When
      CommandRun run = replay(harness, "--only", "failed", "--live", "--run", "outage", "--yes");

      // Then
      assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
      harness
          .settlements()
          .awaitAll("answers", LIMIT, seen -> harness.settlements().of("lost-1").size() == 2);
      assertThat(harness.settlements().of("lost-1").getLast().outcome()).isEqualTo("MODEL");
      assertThat(harness.settlements().of("lost-2")).hasSize(2);
      assertThat(harness.settlements().of("before")).hasSize(1);
      assertThat(harness.ledger().calls()).hasSize(5);
      JsonNode sum = json(command(harness, "compare", "outage", "--json")).getLast();
      assertThat(sum.path("verdicts").path("MENDED").asInt()).isEqualTo(2);
      assertThat(sum.path("requests").asInt()).isEqualTo(2);
    }
  }

  private static List<Request> prompts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            Sample.line(
                "{\"id\":\"q-%d\",\"prompt\":\"Question %d: what is a delta?\",\"inference\":{\"maxTokens\":%d}}"
                    .formatted(i, i, i % 10 == 0 ? 400 : 120)))
        .toList();
  }

  /** The command with somebody at the keyboard. */
  private static CommandRun answering(String typed, PlatformHarness harness, String... options) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(typed.getBytes(UTF_8)));
    try {
      return replay(harness, options);
    } finally {
      System.setIn(before);
    }
  }

  static List<JsonNode> json(CommandRun run) throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  static CommandRun replay(PlatformHarness harness, String... options) {
    List<String> words = new ArrayList<>(List.of("replay"));
    words.addAll(Arrays.asList(options));
    return command(harness, words.toArray(String[]::new));
  }

  static CommandRun command(PlatformHarness harness, String... words) {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(
        List.of(
            "--bootstrap-server",
            harness.stack().cluster().bootstrapServers(),
            "--registry",
            harness.stack().local().registry().url()));
    return CommandRun.of(all.toArray(String[]::new));
  }
}
