/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.cli.harness.Terminal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that go on until somebody stops them. */
class UntilStoppedIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Pattern REACHED =
      Pattern.compile("--wait (--bootstrap-server \\S+) (--registry \\S+)");
  private static final Pattern STAND_IN = Pattern.compile("Bedrock stand-in: (\\S+)");

  @TempDir Path folder;

  @Test
  void aDemoThatIsKeptAnswersAnotherTerminalInTheWaySaid() throws Exception {
    try (Terminal demo = Terminal.open(folder, Map.of(), List.of("demo", "--keep"))) {
      // Given
      demo.awaitSaying("results --from-beginning", LIMIT);
      Matcher reached = REACHED.matcher(demo.said());
      assertThat(reached.find()).as(demo.said()).isTrue();

      // When
      CommandRun submit =
          CommandRun.of(
              ("submit --prompt Why? --wait " + reached.group(1) + " " + reached.group(2))
                  .split(" "));

      // Then
      assertThat(submit.exitCode()).as(submit.out() + submit.err()).isZero();
      assertThat(submit.err()).contains("MODEL");
      assertThat(demo.said()).contains("settled 65 of 65 requests");
      assertThat(demo.terminate(LIMIT)).as(demo.said()).isEqualTo(143);
    }
  }

  @Test
  void theStandInAloneSpeaksToOtherPartsOfASystem() throws Exception {
    try (Terminal standIn = Terminal.open(folder, Map.of(), List.of("stand-in", "--port=0"))) {
      // Given
      standIn.awaitSaying("Bedrock stand-in: ", LIMIT);
      Matcher at = STAND_IN.matcher(standIn.said());
      assertThat(at.find()).as(standIn.said()).isTrue();

      // When
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create(at.group(1) + "/model/amazon.titan-embed-text-v2:0/invoke"))
                      .header("content-type", "application/json")
                      .POST(BodyPublishers.ofString("{\"inputText\":\"A river.\"}"))
                      .build(),
                  BodyHandlers.ofString());

      // Then
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("embedding");
      assertThat(standIn.terminate(LIMIT)).isEqualTo(143);
    }
  }
}
