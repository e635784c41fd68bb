/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

  private final ObjectMapper json = new ObjectMapper();
  private final Envelope envelope = new Envelope(new Rendering());

  @Test
  void allThatKafkaKnewIsInIt() throws IOException {
    // Given
    SinkRecord record =
        new SinkRecord(
            "orders",
            3,
            Schema.STRING_SCHEMA,
            "k",
            null,
            Map.of("amount", 12),
            15,
            1_700_000_000_000L,
            TimestampType.CREATE_TIME);
    record.headers().addString("trace", "first").addString("trace", "abc").addLong("try", 2);

    // When
    JsonNode seen = json.readTree(envelope.around(record, Origin.of(record)));

    // Then
    assertThat(seen)
        .isEqualTo(
            json.readTree(
                """
                {"id":"orders-3-15","topic":"orders","partition":3,"offset":15,
                 "timestamp":1700000000000,"key":"k","headers":{"trace":"abc","try":2},
                 "value":{"amount":12}}
                """));
  }

  @Test
  void whatIsNotThereIsNull() throws IOException {
    // When
    JsonNode seen = around(Samples.text(0, null, null));

    // Then
    assertThat(seen.get("key").isNull()).isTrue();
    assertThat(seen.get("timestamp").isNull()).isTrue();
    assertThat(seen.get("value").isNull()).isTrue();
    assertThat(seen.get("headers")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":[1,2]}", " [1, {}] "})
  void textOfAJsonObjectOrArrayIsPutInAsSuch(String text) throws IOException {
    assertThat(around(Samples.text(0, "k", text)).get("value")).isEqualTo(json.readTree(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text", "12", "{\"a\":", "{} {}", "say \"hi\"\n"})
  void otherTextIsPutInAsAString(String text) throws IOException {
    assertThat(around(Samples.text(0, "k", text)).get("value"))
        .isEqualTo(json.getNodeFactory().textNode(text));
  }

  @Test
  void bytesThatAreNoTextAreBase64AndSaySo() throws IOException {
    // Given
    byte[] bytes = {(byte) 0xff, 0, 1};

    // When
    JsonNode seen = around(Samples.record(0, null, bytes, Schema.BYTES_SCHEMA, bytes));

    // Then
    assertThat(seen.get("value").binaryValue()).isEqualTo(bytes);
    assertThat(seen.get("valueEncoding").textValue()).isEqualTo("base64");
    assertThat(seen.get("key").binaryValue()).isEqualTo(bytes);
  }

  private JsonNode around(SinkRecord record) throws IOException {
    return json.readTree(envelope.around(record, Origin.of(record)));
  }
}
