/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.cli.harness.Terminal;
import io.streambed.local.port.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stranger types into three terminals, each a process of its own. */
class ThreeTerminalsIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String HOST = "127.0.0.1";

  private static final Pattern SERVED = Pattern.compile("health and metrics at (http://\\S+)");

  @TempDir Path folder;

  @Test
  void aThirdTerminalIsAnsweredByTheOtherTwo() throws Exception {
    // Given: other ports than the customary ones, which may be taken on this machine
    int kafka = Ports.free(HOST);
    int registry = Ports.free(HOST);
    int bedrock = Ports.free(HOST);
    Map<String, String> environment =
        Map.of(
            "STREAMBED_KAFKA_BOOTSTRAP_SERVERS", HOST + ":" + kafka,
            "STREAMBED_REGISTRY_URLS", "http://" + HOST + ":" + registry,
            "STREAMBED_BEDROCK_ENDPOINT", "http://" + HOST + ":" + bedrock,
            "STREAMBED_OPS_PORT", "0",
            "STREAMBED_STATE_DIR", folder.resolve("state").toString());
    List<String> ports =
        List.of(
            "local",
            "--kafka-port=" + kafka,
            "--registry-port=" + registry,
            "--bedrock-port=" + bedrock);
    try (Terminal local = Terminal.open(folder, environment, ports)) {
      local.awaitSaying("ready; stop with Ctrl-C", LIMIT);
      try (Terminal run = Terminal.open(folder, environment, List.of("run"))) {
        run.awaitSaying("running as ", LIMIT);

        // When
        Terminal submit =
            Terminal.open(
                folder, environment, List.of("submit", "--prompt", "Why do rivers?", "--wait"));

        // Then
        assertThat(submit.awaitEnd(LIMIT)).as(submit.said()).isZero();
        assertThat(submit.said()).contains("rivers").contains("MODEL by default");
        assertThat(run.said()).contains("no --config").doesNotContain("Why do rivers?");

        // When: the request is sent from a file, with one that nobody can answer
        Path file = Files.writeString(folder.resolve("two.jsonl"), TWO);
        Terminal two =
            Terminal.open(
                folder, environment, List.of("submit", file.toString(), "--wait", "--json"));

        // Then
        assertThat(two.awaitEnd(LIMIT)).as(two.said()).isEqualTo(1);
        assertThat(two.said())
            .contains("\"source\":\"CACHE\"")
            .contains("\"code\":\"UNKNOWN_MODEL\"")
            .doesNotContain("originalValue\":null");

        // When
        Terminal results = Terminal.open(folder, environment, List.of("results", "--id", "again"));

        // Then
        assertThat(results.awaitEnd(LIMIT)).as(results.said()).isZero();
        assertThat(results.said()).contains("again").contains("CACHE");

        // When
        Terminal letters =
            Terminal.open(folder, environment, List.of("dead-letters", "list", "--json"));

        // Then
        assertThat(letters.awaitEnd(LIMIT)).as(letters.said()).isZero();
        assertThat(letters.said()).contains("UNKNOWN_MODEL").doesNotContain("originalValue\"");

        // When
        Terminal spend =
            Terminal.open(folder, environment, List.of("spend", "--by", "tenant,day", "--json"));

        // Then: one call was paid, and its answer served once more
        assertThat(spend.awaitEnd(LIMIT)).as(spend.said()).isZero();
        assertThat(spend.said())
            .contains("\"tenant\":\"default\"", "\"calls\":1,", "\"cachedAnswers\":1")
            .doesNotContain("\"spentPicoDollars\":0");

        // When
        Matcher served = SERVED.matcher(run.said());
        assertThat(served.find()).as(run.said()).isTrue();
        Terminal limits =
            Terminal.open(
                folder, environment, List.of("limits", "--watch", "--instance", served.group(1)));

        // Then: it goes on until it is stopped
        limits.awaitSaying("us.anthropic.claude-sonnet", LIMIT);
        assertThat(limits.terminate(LIMIT)).isEqualTo(143);
        assertThat(limits.said()).contains("CONDITION", "running").doesNotContain("Exception");

        // When
        int exitCode = run.terminate(LIMIT);

        // Then
        assertThat(exitCode).isEqualTo(143);
        assertThat(run.said()).contains("stopped").doesNotContain("Exception");
      }

      // When: the same ports again
      Terminal second = Terminal.open(folder, environment, ports);

      // Then
      assertThat(second.awaitEnd(LIMIT)).isEqualTo(1);
      assertThat(second.said()).contains("the port is taken").contains("-port");
      assertThat(local.terminate(LIMIT)).isEqualTo(143);
      assertThat(local.said()).contains("stopping ...");
    }
  }

  private static final String TWO =
      """
      {"id":"again","prompt":"Why do rivers?"}
      {"id":"nobody","model":"no-such-model","prompt":"Who?"}
      """;
}
