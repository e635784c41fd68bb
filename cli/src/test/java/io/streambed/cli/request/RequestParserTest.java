/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.TextNode;
import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.EmbeddingPurpose;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.Priority;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestParserTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private final RequestParser parser = new RequestParser(NOW, RequestDefaults.models());

  @Test
  void aPromptIsOneTextOfTheUser() throws Exception {
    // When
    Request request =
        parser.parse("{'model':'m','prompt':'Why?','system':'Be brief.'}".replace('\'', '"'));

    // Then
    PromptRequest prompt = (PromptRequest) request.value();
    assertThat(prompt.getTenant()).isEqualTo("default");
    assertThat(prompt.getMessages()).hasSize(1);
    assertThat(prompt.getMessages().getFirst().getRole()).isEqualTo(Role.USER);
    assertThat(prompt.getMessages().getFirst().getContent().getFirst().getText()).contains("Why?");
    assertThat(prompt.getSystem().getFirst().getText()).contains("Be brief.");
    assertThat(request.id()).isEmpty();
    assertThat(request.key()).isEmpty();
  }

  @Test
  void everyFieldOfTheSchemaCanBeWrittenPlainly() throws Exception {
    // Given
    String line =
        """
        {"id":"1","tenant":"acme","priority":"background","deadline":"30s","cachePolicy":"refresh",\
        "metadata":{"ticket":"77"},"key":"k","headers":{"traceparent":"00-x"},"model":"m",\
        "system":["Be brief.",{"cachePoint":{}}],\
        "messages":[{"role":"user","content":["What is this?",\
        {"image":{"format":"png","bytes":"iVBORw=="}}]},{"role":"ASSISTANT","content":"A cat."},\
        {"role":"user","content":[{"toolResult":{"toolUseId":"t","content":[{"json":{"a":1}}]}}]}],\
        "inference":{"maxTokens":64,"temperature":1,"stopSequences":["END"]},\
        "tools":{"tools":[{"name":"look","inputSchema":{"type":"object"}}],"choice":"auto"},\
        "additionalModelFields":{"top_k":40}}\
        """;

    // When
    Request request = parser.parse(line);

    // Then
    PromptRequest prompt = (PromptRequest) request.value();
    assertThat(request.id()).contains("1");
    assertThat(request.key()).contains("k");
    assertThat(request.headers()).containsEntry("traceparent", "00-x");
    assertThat(prompt.getPriority()).isEqualTo(Priority.BACKGROUND);
    assertThat(prompt.getCachePolicy()).isEqualTo(CachePolicy.REFRESH);
    assertThat(prompt.getDeadline()).contains(NOW.plus(Duration.ofSeconds(30)));
    assertThat(prompt.getMetadata()).containsEntry("ticket", "77");
    assertThat(prompt.getSystem().get(1).getCachePoint()).isPresent();
    assertThat(prompt.getMessages().get(0).getContent().get(1).getImage().orElseThrow().getBytes())
        .hasValueSatisfying(bytes -> assertThat(bytes.remaining()).isEqualTo(4));
    assertThat(
            prompt
                .getMessages()
                .get(2)
                .getContent()
                .getFirst()
                .getToolResult()
                .orElseThrow()
                .getContent()
                .getFirst()
                .getJson())
        .contains("{\"a\":1}");
    assertThat(prompt.getInference().orElseThrow().getTemperature()).contains(1.0);
    assertThat(prompt.getTools().orElseThrow().getTools().getFirst().getInputSchema())
        .isEqualTo("{\"type\":\"object\"}");
    assertThat(prompt.getAdditionalModelFields()).contains("{\"top_k\":40}");
    // Avro itself finds the record whole.
    var encoded = PromptRequest.getEncoder().encode(prompt);
    assertThat(PromptRequest.getDecoder().decode(encoded)).isEqualTo(prompt);
  }

  @Test
  void aLineWithTextIsEmbedded() throws Exception {
    // When
    Request request =
        parser.parse(
            "{\"model\":\"e\",\"text\":\"A river bed.\",\"purpose\":\"query\",\"dimensions\":256}");

    // Then
    EmbeddingRequest embedding = (EmbeddingRequest) request.value();
    assertThat(embedding.getText()).isEqualTo("A river bed.");
    assertThat(embedding.getPurpose()).contains(EmbeddingPurpose.QUERY);
    assertThat(embedding.getDimensions()).contains(256);
  }

  @Test
  void aDefaultGivesWayToTheLine() throws Exception {
    // Given
    var withDefault =
        new RequestParser(
            NOW,
            new RequestDefaults(
                Map.of("tenant", TextNode.valueOf("acme"), "system", TextNode.valueOf("Be brief.")),
                "p",
                "t"));

    // When
    Request prompt = withDefault.parse("{\"prompt\":\"a\"}");
    Request text = withDefault.parse("{\"text\":\"a\"}");
    Request own = withDefault.parse("{\"prompt\":\"a\",\"model\":\"own\",\"tenant\":\"mine\"}");

    // Then
    assertThat(((PromptRequest) prompt.value()).getModel()).isEqualTo("p");
    assertThat(((PromptRequest) prompt.value()).getSystem()).hasSize(1);
    assertThat(prompt.tenant()).isEqualTo("acme");
    assertThat(((EmbeddingRequest) text.value()).getModel()).isEqualTo("t");
    assertThat(text.tenant()).isEqualTo("acme");
    assertThat(((PromptRequest) own.value()).getModel()).isEqualTo("own");
    assertThat(own.tenant()).isEqualTo("mine");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"prompt":"secret"                        | is not valid JSON at column
          {"prompt":"a"} {}                         | is not valid JSON at column
          {"prompt":"a","prompt":"b"}               | is not valid JSON at column
          []                                        | must be a JSON object, is a list
          {"model":"m"}                             | has no `prompt`, `messages`
          {"prompt":"a","text":"b"}                 | has both a prompt and `text`
          {"prompt":"a","messages":[],"model":"m"}  | prompt: say either
          {"model":"m","messages":[{"role":"user"}]} | messages[0].content: is missing
          {"prompt":["a"],"model":"m"}              | prompt: must be a text, is a list
          {"prompt":"a","modle":"m"}                | modle: no such field; did you mean `model`?
          {"prompt":"a","model":"m","priority":"urgent"} | priority: must be one of INTERACTIVE, STANDARD, BACKGROUND
          {"prompt":"a","model":"m","priority":"UNKNOWN"} | priority: must be one of
          {"prompt":"a","model":"m","inference":{"maxTokens":"many"}} | inference.maxTokens: must be a whole number, is a text
          {"prompt":"a","model":"m","inference":{"maxTokens":99999999999}} | inference.maxTokens: is too large
          {"prompt":"a","model":"m","deadline":"tomorrow"} | deadline: must be a time such as
          {"messages":[{"role":"bot","content":"a"}],"model":"m"} | messages[0].role: must be one of USER, ASSISTANT
          {"messages":[{"content":"a"}],"model":"m"} | messages[0].role: is missing
          {"messages":[{"role":"user","content":[{"image":{"format":"png","bytes":"%"}}]}],"model":"m"} | messages[0].content[0].image.bytes: must be bytes in Base64
          {"text":"a","model":"m","normalize":"yes"} | normalize: must be true or false, is a text
          {"text":"a","model":null}                  | model: must be a text, is null
          {"text":"a","model":"m","key":1}           | key: must be a text
          {"text":"a","model":"m","headers":{"a":1}} | headers.a: must be a text
          {"text":"a","model":"m","headers":[]}      | headers: must be an object
          """)
  void aBadLineIsToldWithItsFieldAndTheFix(String line, String message) {
    assertThatExceptionOfType(BadFieldException.class)
        .isThrownBy(() -> parser.parse(line))
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
  }

  @ParameterizedTest
  @CsvSource({
    "30s, 2026-11-20T12:00:30Z",
    "-5m, 2026-11-20T11:55:00Z",
    "+2h, 2026-11-20T14:00:00Z",
    "1500ms, 2026-11-20T12:00:01.500Z",
    "PT1H, 2026-11-20T13:00:00Z",
    "2026-11-20T13:00:00+01:00, 2026-11-20T12:00:00Z"
  })
  void aDeadlineIsAPointInTimeOrHowLongFromNow(String text, Instant expected) {
    assertThat(PointInTime.parse(text, NOW)).contains(expected);
  }

  @Test
  void aByteStringIsNoText() {
    // A lone continuation byte must not pass as a replacement character.
    byte[] broken = {'{', (byte) 0x80, '}'};
    assertThatExceptionOfType(BadFieldException.class)
        .isThrownBy(() -> parser.parse(new String(broken, StandardCharsets.ISO_8859_1)));
  }
}
