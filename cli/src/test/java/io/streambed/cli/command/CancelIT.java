/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streambed.cli.cluster.Published;
import io.streambed.cli.harness.PlatformHarness;
import io.streambed.cli.harness.Sample;
import io.streambed.cli.settlement.Settlement;
import io.streambed.local.bedrock.latency.Latency;
import io.streambed.processors.Streambed;
import io.streambed.schemas.CallOutcome;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of requests that are cancelled, by the command, on a real platform. */
class CancelIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofSeconds(12);

  @Test
  void whatWaitsIsSettledAndWhatIsOpenIsPaidForAndKept() throws Exception {
    try (PlatformHarness harness =
        PlatformHarness.start(
            Map.of("models.default.concurrency", "1", "invocation.look.ahead", "1"))) {
      // Given: one call is open for long, others wait
      harness.bedrock().latency("*", new Latency.Fixed(LONG));
      harness.runHere();
      harness.publish(Sample.prompt("open", "Why?"));
      awaitCall(harness);
      harness.publish(Sample.prompt("waits", "How?"));
      Published nameless = harness.publish(Sample.line("{\"prompt\":\"When?\"}"));

      // When
      CommandRun waits = cancel(harness, "waits");
      CommandRun named = cancel(harness, nameless.id());
      CommandRun open = cancel(harness, "open");

      // Then
      assertThat(waits.out() + waits.err()).contains("cancelled");
      assertThat(List.of(waits.exitCode(), named.exitCode(), open.exitCode())).containsOnly(0);
      assertThat(deadLetter(harness, "waits").getCode()).isEqualTo(DeadLetterCode.CANCELLED);
      assertThat(deadLetter(harness, "waits").getSpentPicoDollars()).isZero();
      assertThat(deadLetter(harness, "open").getCode()).isEqualTo(DeadLetterCode.CANCELLED);
      assertThat(harness.ledger().calls()).hasSize(1);

      // When: the late answer comes, and the same is asked again under the same id
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(harness.settlements().usageEvents()).hasSize(1));
      harness.publish(Sample.prompt("open", "Why?"));

      // Then: it is there without another call
      harness
          .settlements()
          .awaitAll("answer", LIMIT, seen -> harness.settlements().of("open").size() == 2);
      assertThat(harness.settlements().of("open").getLast().outcome()).isEqualTo("CACHE");
      assertThat(harness.settlements().usageEvents())
          .extracting(usage -> usage.getOutcome())
          .containsExactly(CallOutcome.ANSWERED);
      assertThat(harness.ledger().calls()).hasSize(1);

      // When
      CommandRun settled = cancel(harness, "open", "--timeout", "1s");
      CommandRun unknown = cancel(harness, "never", "--timeout", "1s");

      // Then
      assertThat(settled.exitCode()).isEqualTo(1);
      assertThat(settled.out()).contains("nothing to cancel").contains("answered");
      assertThat(unknown.exitCode()).isEqualTo(1);
      assertThat(unknown.out()).contains("no settlement has come");
    }
  }

  @Test
  void anOrderThatComesWhileNothingRunsIsCarriedOutAtTheStart() throws Exception {
    try (PlatformHarness harness =
        PlatformHarness.start(
            Map.of(
                "models.default.concurrency", "1",
                "invocation.look.ahead", "1",
                "drain.timeout.ms", "100"))) {
      // Given: an instance is stopped while one call is open and one job is in its stores
      harness.bedrock().latency("*", new Latency.Fixed(LONG));
      Streambed before = harness.runHere("same");
      harness.publish(Sample.prompt("open", "Why?"));
      awaitCall(harness);
      harness.publish(Sample.prompt("waits", "How?"));
      before.close();
      harness.bedrock().latency("*", new Latency.Fixed(Duration.ZERO));
      harness.publish(Sample.prompt("unread", "When?"));

      // When
      CommandRun waits = cancel(harness, "waits", "--timeout", "1s");
      CommandRun unread = cancel(harness, "unread", "--timeout", "1s");
      harness.publish(Sample.prompt("again", "Where?"));
      harness.runHere("same");

      // Then
      assertThat(waits.out()).contains("no settlement has come");
      assertThat(unread.exitCode()).isEqualTo(1);
      assertThat(deadLetter(harness, "waits").getCode()).isEqualTo(DeadLetterCode.CANCELLED);
      assertThat(deadLetter(harness, "unread").getCode()).isEqualTo(DeadLetterCode.CANCELLED);
      assertThat(harness.settlements().await("open").outcome()).isEqualTo("MODEL");
      assertThat(harness.settlements().await("again").outcome()).isEqualTo("MODEL");
    }
  }

  private static void awaitCall(PlatformHarness harness) {
    await().atMost(LIMIT).untilAsserted(() -> assertThat(harness.ledger().calls()).hasSize(1));
  }

  private static DeadLetter deadLetter(PlatformHarness harness, String id) {
    return ((Settlement.Dead) harness.settlements().await(id)).value();
  }

  private static CommandRun cancel(PlatformHarness harness, String... arguments) {
    List<String> all = new ArrayList<>(List.of("cancel"));
    all.addAll(Arrays.asList(arguments));
    all.addAll(
        List.of(
            "--bootstrap-server",
            harness.stack().cluster().bootstrapServers(),
            "--registry",
            harness.stack().local().registry().url()));
    return CommandRun.of(all.toArray(String[]::new));
  }
}
