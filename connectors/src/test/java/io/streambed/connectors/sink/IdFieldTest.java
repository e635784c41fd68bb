/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdFieldTest {

  private final IdField field = new IdField("_id");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1.0}         | {\"_id\":\"t-0-1\",\"a\":1.0}",
        "{}                  | {\"_id\":\"t-0-1\"}",
        "{ }                 | {\"_id\":\"t-0-1\" }",
        "{\"a\": {\"_id\":1}}| {\"_id\":\"t-0-1\",\"a\": {\"_id\":1}}",
        "{\"a\":[\"}\",{}]}  | {\"_id\":\"t-0-1\",\"a\":[\"}\",{}]}"
      })
  void anObjectGetsTheIdAndStaysAsItIsOtherwise(String before, String after) {
    assertThat(Samples.text(field.in(Samples.bytes(before), "t-0-1"))).isEqualTo(after);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "text", "[{}]", "\"{}\"", "{", "{\"a\":1", "{\"a\" 1}", "{} {}", "{}x", "{a}"})
  void whatIsNoObjectStaysAsItIs(String text) {
    // Given
    byte[] bytes = Samples.bytes(text);

    // Then
    assertThat(field.in(bytes, "t-0-1")).isSameAs(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32"})
  void anObjectInAnotherEncodingStaysAsItIs(String charset) {
    // Given
    byte[] bytes = "{\"a\":1}".getBytes(Charset.forName(charset));

    // Then
    assertThat(field.in(bytes, "t-0-1")).isSameAs(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"_id\":\"canary\"}", "{\"a\":\"canary\",\"_id\":null}"})
  void anObjectThatHasTheFieldIsRefused(String text) {
    assertThatThrownBy(() -> field.in(Samples.bytes(text), "t-0-1"))
        .isInstanceOf(UnencodableRecordException.class)
        .hasMessageContaining("_id")
        .hasMessageContaining("dedup.id.field")
        .hasMessageNotContaining("canary");
  }

  @Property(tries = 300)
  void nothingIsLostAndNothingElseIsAdded(@ForAll Map<@AlphaChars String, String> values)
      throws JsonProcessingException {
    // Given
    ObjectMapper json = new ObjectMapper();
    ObjectNode expected = json.createObjectNode();
    values.forEach(expected::put);
    byte[] bytes = json.writeValueAsString(expected).getBytes(StandardCharsets.UTF_8);
    String plain = Samples.text(bytes);

    // When
    String with = Samples.text(field.in(bytes, "t-0-1"));

    // Then
    assertThat(json.readTree(with))
        .isEqualTo(((ObjectNode) json.readTree(plain)).put("_id", "t-0-1"));
  }
}
