/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class DatumCoderTest {

  private static final Schema OWN =
      SchemaBuilder.record("shop.Order")
          .fields()
          .requiredString("id")
          .requiredInt("count")
          .endRecord();

  private final GenericRecord order =
      new GenericRecordBuilder(OWN).set("id", "a").set("count", 3).build();

  @Test
  void dataAreWrittenInTheirOwnSchema() throws IOException {
    assertThat(read(DatumCoder.of(OWN, OWN).encode(order), OWN)).isEqualTo(order);
  }

  @Test
  void fieldsMeetByNameAndMissingOnesGetTheDefault() throws IOException {
    // Given
    Schema other =
        SchemaBuilder.record("shop.Order")
            .fields()
            .optionalString("note")
            .requiredLong("count")
            .name("state")
            .type()
            .stringType()
            .stringDefault("open")
            .requiredString("id")
            .endRecord();

    // When
    GenericRecord read = read(DatumCoder.of(OWN, other).encode(order), other);

    // Then
    assertThat(read.get("id")).hasToString("a");
    assertThat(read.get("count")).isEqualTo(3L);
    assertThat(read.get("state")).hasToString("open");
    assertThat(read.get("note")).isNull();
  }

  @Test
  void aSchemaThatAsksForMoreIsRefusedAndTheFieldIsNamed() {
    // Given
    Schema more =
        SchemaBuilder.record("shop.Order")
            .fields()
            .requiredString("id")
            .name("customer")
            .type()
            .record("Customer")
            .fields()
            .requiredString("name")
            .endRecord()
            .noDefault()
            .endRecord();

    // Then
    assertThatThrownBy(() -> DatumCoder.of(OWN, more))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("field customer")
        .hasMessageContaining("shop.Order");
  }

  @Test
  void aFieldWithinAnotherIsNamedWithItsWay() {
    // Given
    Schema inner =
        SchemaBuilder.record("Line").namespace("shop").fields().requiredString("sku").endRecord();
    Schema schema =
        SchemaBuilder.record("Order")
            .namespace("shop")
            .fields()
            .requiredString("id")
            .name("lines")
            .type()
            .array()
            .items(inner)
            .noDefault()
            .endRecord();

    // Then
    assertThat(SchemaPlace.of(schema, "/fields/1/type/items/fields/0/type"))
        .isEqualTo("field lines.sku");
    assertThat(SchemaPlace.of(schema, "/name")).isEqualTo("the schema itself");
    assertThat(SchemaPlace.of(schema, "/")).isEqualTo("the schema itself");
  }

  private static GenericRecord read(byte[] avro, Schema schema) throws IOException {
    return new GenericDatumReader<GenericRecord>(schema)
        .read(null, DecoderFactory.get().binaryDecoder(avro, null));
  }
}
