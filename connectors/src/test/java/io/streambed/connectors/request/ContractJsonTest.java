/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractJsonTest {

  private static final String SECRET = "the number of the bicycle lock";

  @Test
  void everyTypeOfTheContractIsRead() throws JsonProcessingException {
    // When
    Struct prompt =
        prompt(
            """
            {"id": 17, "priority": "background", "deadline": "2026-01-31T00:00:00Z",
             "metadata": {"team": "a", "build": 3, "none": null}, "model": "fast",
             "system": [{"text": "Be short."}],
             "messages": [{"role": "user", "content": [
               {"text": "What is it?"},
               {"image": {"format": "png", "bytes": "AP8="}},
               {"toolUse": {"toolUseId": "t", "name": "look", "input": {"at": 1}}}]}],
             "inference": {"maxTokens": "7", "temperature": 1, "stopSequences": ["END"]},
             "tools": {"tools": [{"name": "look", "inputSchema": "{}", "strict": true}]},
             "additionalModelFields": {"top_k": 40}}
            """);

    // Then
    prompt.validate();
    assertThat(prompt.getString("id")).isEqualTo("17");
    assertThat(prompt.getString("priority")).isEqualTo("BACKGROUND");
    assertThat(prompt.get("tenant")).as("the contract's default").isEqualTo("default");
    assertThat(prompt.get("deadline"))
        .isEqualTo(Timestamp.toLogical(Timestamp.SCHEMA, 1_769_817_600_000L));
    Map<String, String> metadata = prompt.getMap("metadata");
    assertThat(metadata).isEqualTo(Map.of("team", "a", "build", "3"));
    assertThat(prompt.getString("additionalModelFields")).isEqualTo("{\"top_k\":40}");
    Struct inference = prompt.getStruct("inference");
    assertThat(inference.getInt32("maxTokens")).isEqualTo(7);
    assertThat(inference.getFloat64("temperature")).isEqualTo(1.0);
    List<String> stops = inference.getArray("stopSequences");
    assertThat(stops).containsExactly("END");
    Struct message = (Struct) prompt.getArray("messages").getFirst();
    assertThat(message.getString("role")).isEqualTo("USER");
    List<Struct> content = message.getArray("content");
    assertThat(content.getFirst().getString("text")).isEqualTo("What is it?");
    assertThat(content.get(1).getStruct("image").get("bytes"))
        .isEqualTo(ByteBuffer.wrap(new byte[] {0, -1}));
    assertThat(content.get(2).getStruct("toolUse").getString("input")).isEqualTo("{\"at\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1769817600000", "\"1769817600000\"", "\"2026-01-31T01:00:00+01:00\""})
  void aTimeHasSeveralForms(String time) throws JsonProcessingException {
    Struct prompt = prompt("{\"model\": \"fast\", \"messages\": [], \"deadline\": " + time + "}");

    assertThat(prompt.get("deadline"))
        .isEqualTo(Timestamp.toLogical(Timestamp.SCHEMA, 1_769_817_600_000L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"messages": []} | model | is missing
          {"model": null, "messages": []} | model | is missing
          {"model": ["SECRET"], "messages": []} | model | must be text
          {"model": "m", "messages": "SECRET"} | messages | must be an array
          {"model": "m", "messages": ["SECRET"]} | messages[0] | must be an object
          {"model": "m", "messages": [{"content": []}]} | messages[0].role | is missing
          {"model": "m", "messages": [{"role": "SECRET", "content": []}]} | messages[0].role | must be one of [USER, ASSISTANT]
          {"model": "m", "messages": [{"role": "UNKNOWN", "content": []}]} | messages[0].role | must be one of
          {"model": "m", "messages": [{"role": "user", "content": [{"SECRET": 1}]}]} | messages[0].content[0] | has a member that is none of [text, image
          {"model": "m", "messages": [], "inference": {"maxTokens": "SECRET"}} | inference.maxTokens | must be a number
          {"model": "m", "messages": [], "inference": {"maxTokens": 1.5}} | inference.maxTokens | must be a whole number
          {"model": "m", "messages": [], "inference": {"maxTokens": 3000000000}} | inference.maxTokens | to 2147483647
          {"model": "m", "messages": [], "inference": {"temperature": "1e999"}} | inference.temperature | too large
          {"model": "m", "messages": [], "deadline": "SECRET"} | deadline | must be a time
          {"model": "m", "messages": [], "deadline": 1.5} | deadline | must be a time
          {"model": "m", "messages": [], "metadata": {"SECRET": {}}} | metadata.* | must be text
          {"model": "m", "messages": [], "metadata": "SECRET"} | metadata | must be an object
          {"model": "m", "messages": [], "additionalResponsePaths": [null]} | additionalResponsePaths[0] | must be text
          {"model": "m", "messages": [], "tools": {"tools": [{"name": "n", "inputSchema": {}, "strict": "SECRET"}]}} | tools.tools[0].strict | must be true or false
          {"model": "m", "messages": [{"role": "user", "content": [{"image": {"format": "png", "bytes": "SECRET!"}}]}]} | messages[0].content[0].image.bytes | must be base64
          """)
  void whatDoesNotFitIsRefusedByItsFieldAndNothingOfItIsSaid(
      String json, String field, String reason) {
    // When
    UnfitValueException failure =
        catchThrowableOfType(
            UnfitValueException.class, () -> prompt(json.replace("SECRET", SECRET)));

    // Then
    assertThat(failure.field()).isEqualTo(field);
    assertThat(failure.reason()).contains(reason);
    assertThat(failure).hasMessageNotContaining(SECRET).hasNoCause();
  }

  private static Struct prompt(String json) throws JsonProcessingException {
    RequestKind kind = RequestKind.PROMPT;
    return ContractJson.struct(new ObjectMapper().readTree(json), kind.avro(), kind.connect(), "");
  }
}
