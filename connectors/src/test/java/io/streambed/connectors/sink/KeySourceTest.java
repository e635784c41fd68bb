/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySourceTest {

  private static final Schema INNER =
      SchemaBuilder.struct().field("id", Schema.INT32_SCHEMA).build();
  private static final Schema OUTER = SchemaBuilder.struct().field("customer", INNER).build();

  @Test
  void everyFormIsRead() {
    assertThat(KeySource.of("key")).contains(new KeySource.Key());
    assertThat(KeySource.of("field:a.b")).contains(new KeySource.Field(List.of("a", "b")));
    assertThat(KeySource.of("header:a:b")).contains(new KeySource.HeaderValue("a:b"));
    assertThat(KeySource.of("topic-partition")).contains(new KeySource.Partition());
    assertThat(KeySource.of("none")).contains(new KeySource.Spread());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Key", "field:", "field:a.", "field:.a", "field:a..b", "header:", "value"})
  void nothingElseIs(String text) {
    assertThat(KeySource.of(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"topic-partition", "none"})
  void whatIsNotInARecordCannotBePickedFromIt(String text) {
    assertThat(KeySource.picked(text)).isEmpty();
  }

  @Test
  void aFieldIsFoundWithItsSchema() {
    // Given
    Struct value = new Struct(OUTER).put("customer", new Struct(INNER).put("id", 7));

    // When
    SinkRecord record = Samples.record(0, null, null, OUTER, value);

    // Then
    assertThat(new KeySource.Field(List.of("customer", "id")).from(record))
        .contains(new SchemaAndValue(Schema.INT32_SCHEMA, 7));
  }

  @Test
  void aFieldIsFoundInMapsWithoutSchema() {
    // When
    SinkRecord record = Samples.record(0, null, null, null, Map.of("customer", Map.of("id", 7)));

    // Then
    assertThat(new KeySource.Field(List.of("customer", "id")).from(record))
        .contains(new SchemaAndValue(null, 7));
    assertThat(new KeySource.Field(List.of("customer", "name")).from(record)).isEmpty();
    assertThat(new KeySource.Field(List.of("supplier", "id")).from(record)).isEmpty();
  }

  @Test
  void aFieldThatNoRecordCanHaveIsAnError() {
    // Given
    Struct value = new Struct(OUTER).put("customer", new Struct(INNER).put("id", 7));

    // When
    SinkRecord record = Samples.record(0, null, null, OUTER, value);

    // Then
    assertThatThrownBy(() -> new KeySource.Field(List.of("customer", "nmae")).from(record))
        .isInstanceOf(UnencodableRecordException.class)
        .hasMessageContaining("customer.nmae");
  }

  @Test
  void aTextHasNoFields() {
    // When
    SinkRecord record = Samples.text(0, null, "canary");

    // Then
    assertThatThrownBy(() -> new KeySource.Field(List.of("id")).from(record))
        .isInstanceOf(UnencodableRecordException.class)
        .hasMessageContaining("converter")
        .hasMessageNotContaining("canary");
  }

  @Test
  void ofHeadersTheLastCounts() {
    // Given
    SinkRecord record = Samples.text(0, null, "a");
    record.headers().addString("tenant", "first").addString("tenant", "last");

    // When
    KeySource.HeaderValue source = new KeySource.HeaderValue("tenant");

    // Then
    assertThat(source.from(record)).map(SchemaAndValue::value).contains("last");
    assertThat(new KeySource.HeaderValue("other").from(record)).isEmpty();
  }
}
