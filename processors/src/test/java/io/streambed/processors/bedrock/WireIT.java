/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.processors.bedrock.ScriptedServer.Scripted;
import io.streambed.processors.model.ModelCall;
import io.streambed.processors.model.ModelResult;
import io.streambed.processors.model.ModelResult.PromptAnswered;
import io.streambed.processors.model.ModelResult.TextsEmbedded;
import io.streambed.processors.model.Prompts;
import io.streambed.processors.model.Vector;
import io.streambed.schemas.TokenUsage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The bytes on the wire, with the real AWS client, against recorded forms of Bedrock's answers. */
class WireIT {

  private static final String ANSWER =
      """
      {"metrics":{"latencyMs":608},"output":{"message":{"content":[{"text":"Hi"}],"role":"assistant"}},
       "stopReason":"end_turn","usage":{"inputTokens":8,"outputTokens":10,"totalTokens":18}}
      """;

  private static final AtomicReference<Scripted> SCRIPT = new AtomicReference<>();
  private static final ScriptedServer SERVER = ScriptedServer.answering(any -> SCRIPT.get());
  private static final BedrockModelClient CLIENT =
      new BedrockModelClient(
          BedrockConfig.inRegion("us-east-1").withEndpoint(SERVER.uri()),
          List.of(Calls.CHAT, Calls.TITAN, Calls.COHERE));

  @AfterAll
  static void stop() {
    CLIENT.close();
    SERVER.close();
  }

  @Test
  void aPromptIsAnsweredAndCarriesItsAttempt() throws Exception {
    // Given
    SCRIPT.set(Scripted.ok(ANSWER));
    // When
    ModelResult result = call(Calls.prompt("Hello"));

    // Then
    assertThat(result)
        .isEqualTo(
            new PromptAnswered(
                List.of(Calls.text("Hi")),
                "end_turn",
                Optional.empty(),
                new TokenUsage(8L, 10L, 0L, 0L, 0L)));
    ScriptedServer.Received request = SERVER.received().remove();
    assertThat(request.path())
        .isEqualTo("/model/us.anthropic.claude-haiku-4-5-20251001-v1%3A0/converse");
    assertThat(request.body())
        .contains("\"maxTokens\":200")
        .contains("\"streambed-attempt\":\"attempt-1\"")
        .contains("\"streambed-tenant\":\"acme\"");
  }

  @Test
  void aTextIsEmbeddedByTitan() throws Exception {
    // Given
    SCRIPT.set(Scripted.ok("{\"embedding\":[0.25,-1.5],\"inputTextTokenCount\":2}"));
    // When
    ModelResult result = call(Calls.embedding(Calls.TITAN, "hello"));

    // Then
    assertThat(result)
        .isEqualTo(
            new TextsEmbedded(
                List.of(new Vector.Floats(List.of(0.25f, -1.5f))),
                new TokenUsage(2L, 0L, 0L, 0L, 0L),
                false));
    ScriptedServer.Received request = SERVER.received().remove();
    assertThat(request.path()).isEqualTo("/model/amazon.titan-embed-text-v2%3A0/invoke");
    assertThat(request.headers())
        .containsEntry(
            "X-Amzn-Bedrock-Request-Metadata",
            "{\"streambed-attempt\":\"attempt-1\",\"streambed-tenant\":\"acme\"}");
    assertThat(request.body())
        .isEqualTo("{\"inputText\":\"hello\",\"embeddingTypes\":[\"float\"]}");
  }

  @Test
  void aBatchIsEmbeddedByCohereWithItsTokensFromTheHeader() throws Exception {
    // Given
    Scripted answer =
        new Scripted(
            200,
            Map.of("X-Amzn-Bedrock-Input-Token-Count", "5"),
            "{\"id\":\"i\",\"texts\":[\"a\",\"b\"],\"embeddings\":{\"float\":[[1.0],[2.0]]},"
                + "\"response_type\":\"embeddings_by_type\"}");
    SCRIPT.set(answer);
    // When
    ModelResult result = call(Calls.embedding(Calls.COHERE, "a", "b"));

    // Then
    assertThat(result)
        .isEqualTo(
            new TextsEmbedded(
                List.of(new Vector.Floats(List.of(1f)), new Vector.Floats(List.of(2f))),
                new TokenUsage(5L, 0L, 0L, 0L, 0L),
                false));
    assertThat(SERVER.received().remove().body())
        .isEqualTo(
            "{\"texts\":[\"a\",\"b\"],\"input_type\":\"search_document\","
                + "\"embedding_types\":[\"float\"]}");
  }

  @Test
  void everyPartOfAPromptIsOnTheWireWhereConverseHasIt() throws Exception {
    // Given
    SCRIPT.set(Scripted.ok(ANSWER));
    // When
    call(Calls.prompt(Calls.CHAT, Prompts.rich().build()));

    // Then
    ObjectMapper json = new ObjectMapper();
    String body = SERVER.received().remove().body();
    assertThat(body).contains("{\"n\":12345678901234567890.10}");
    assertThat(json.readTree(body))
        .isEqualTo(json.readTree(WireIT.class.getResourceAsStream("rich-prompt.json")));
  }

  @Test
  void numbersOfAToolsInputKeepTheirDigits() throws Exception {
    // Given
    String use =
        "{\"toolUse\":{\"toolUseId\":\"t1\",\"name\":\"n\",\"input\":{\"n\":12345678901234567890.10}}}";
    SCRIPT.set(Scripted.ok(ANSWER.replace("{\"text\":\"Hi\"}", use)));
    // When
    PromptAnswered answered = (PromptAnswered) call(Calls.prompt("Hello"));

    // Then
    assertThat(answered.content().getFirst().getToolUse().orElseThrow().getInput())
        .isEqualTo("{\"n\":12345678901234567890.10}");
  }

  private static ModelResult call(ModelCall call) throws Exception {
    SERVER.received().clear();
    return CLIENT.call(call).get(20, TimeUnit.SECONDS);
  }
}
