/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

/** The HTTP API under {@code /_streambed/} and what docs/stand-in.md says of it. */
class ControlApiIT extends Stand {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path PAGE = Path.of("..", "docs", "stand-in.md");

  /** The forms of curl's command line that the page uses. */
  private static final Pattern CURL =
      Pattern.compile(
          "curl -s(?: -X (\\w+))? '?http://127\\.0\\.0\\.1:8000(/[^' ]+)'?(?: -d '(.+)')?");

  private record Got(int status, JsonNode body) {}

  @Test
  void everyCommandOfThePageSucceeds() throws Exception {
    // Given
    List<String> commands =
        Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("curl ")).toList();

    // Then
    assertThat(commands).hasSizeGreaterThan(15);
    for (String command : commands) {
      Matcher curl = CURL.matcher(command);
      assertThat(curl.matches()).as(command).isTrue();
      String method = curl.group(1) == null ? "GET" : curl.group(1);
      String body = curl.group(3) == null ? "" : curl.group(3);
      assertThat(send(method, curl.group(2), body).status()).as(command).isEqualTo(200);
    }
  }

  @Test
  void aFaultThatIsPostedIsListedAndMeetsTheNextCall() throws Exception {
    // When
    Got posted =
        send(
            "POST",
            "/_streambed/faults",
            "{\"effect\":\"error\",\"type\":\"ThrottlingException\",\"next\":1,\"metadata\":{\"tenant\":\"acme\"}}");

    // Then
    assertThatThrownBy(() -> sync.converse(prompt("Hello there")))
        .isInstanceOf(ThrottlingException.class);
    JsonNode fault = send("GET", "/_streambed/faults", "").body().get(0);
    assertThat(fault.get("id")).isEqualTo(posted.body().get("id"));
    assertThat(fault.get("hits").asInt()).isEqualTo(1);
    assertThat(fault.get("metadata").get("tenant").asText()).isEqualTo("acme");
    assertThat(sync.converse(prompt("Hello there")).output()).isNotNull();
  }

  @Test
  void theLedgerTellsCallsAndTheirSum() throws Exception {
    // Given
    sync.converse(prompt("The canary is yellow.", 50, "0001"));
    sync.invokeModel(invoke(TITAN, "{\"inputText\":\"canary\"}"));

    // When
    Got calls = send("GET", "/_streambed/ledger?attempt=0001&outcome=answered", "");
    Got summary = send("GET", "/_streambed/ledger/summary", "");

    // Then
    assertThat(calls.body()).hasSize(1);
    JsonNode call = calls.body().get(0);
    assertThat(call.get("model").asText()).isEqualTo(NOVA);
    assertThat(call.get("region").asText()).isEqualTo("eu-west-1");
    assertThat(call.get("status").asInt()).isEqualTo(200);
    assertThat(call.get("picoDollars").asLong()).isPositive();
    assertThat(call.toString()).doesNotContain("canary");
    assertThat(summary.body().get("calls").asInt()).isEqualTo(2);
    assertThat(summary.body().get("texts").asInt()).isEqualTo(1);
    assertThat(send("DELETE", "/_streambed/ledger", "").status()).isEqualTo(200);
    assertThat(send("GET", "/_streambed/ledger", "").body()).isEmpty();
  }

  @Test
  void aLatencyAndAQuotaThatArePutApply() throws Exception {
    // When
    send(
        "PUT",
        "/_streambed/latency",
        "{\"model\":\"amazon.nova-micro-v1:0\",\"kind\":\"fixed\",\"millis\":120}");
    send("PUT", "/_streambed/quotas", "{\"requestsPerMinute\":1}");

    // Then
    assertThat(sync.converse(prompt("Hello there")).metrics().latencyMs()).isEqualTo(120);
    assertThatThrownBy(() -> sync.converse(prompt("Hello there")))
        .isInstanceOf(ThrottlingException.class);
    JsonNode used = send("GET", "/_streambed/quotas/used", "").body().path(0);
    assertThat(used.path("granted").asInt()).isEqualTo(1);
    assertThat(used.path("refused").asInt()).isEqualTo(1);
    assertThat(used.path("usedTokens").asInt()).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST | faults | {"effect":"melt"} | effect: must be one of
          POST | faults | {"effect":"error","type":"Nothing"} | type: must be the name
          POST | faults | {"effect":"hang","minutes":1} | minutes: is unknown
          POST | faults | {"effect":"hang","rate":2} | rate: must be a number
          POST | faults | nothing | body: must be a JSON object
          PUT | latency | {"kind":"fixed"} | millis: is missing
          PUT | latency | {"kind":"slow"} | kind: must be fixed
          PUT | quotas | {"requestsPerMinute":-1} | requestsPerMinute: must be a whole number
          GET | ledger?colour=red | | colour: is unknown
          GET | ledger?after=x | | after: must be a whole number
          """)
  void aWrongRequestIsToldTheFieldAndTheFix(String method, String path, String body, String message)
      throws Exception {
    // When
    Got got = send(method, "/_streambed/" + path, body == null ? "" : body);

    // Then
    assertThat(got.status()).isEqualTo(400);
    assertThat(got.body().get("message").asText()).startsWith(message);
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    // Then
    assertThat(send("GET", "/_streambed/nothing", "").status()).isEqualTo(404);
    assertThat(send("DELETE", "/_streambed/faults/fault-9", "").status()).isEqualTo(404);
    assertThat(send("GET", "/model/a/converse", "").status()).isEqualTo(404);
  }

  private Got send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(bedrock.url() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Got(response.statusCode(), MAPPER.readTree(response.body()));
    }
  }
}
