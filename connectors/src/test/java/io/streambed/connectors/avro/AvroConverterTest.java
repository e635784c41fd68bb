/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.schemas.serdes.SerdeConfig;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What needs no registry; the address here is nobody's. */
class AvroConverterTest {

  private final AvroConverter converter = configured();

  private static AvroConverter configured() {
    AvroConverter converter = new AvroConverter();
    converter.configure(Map.of(SerdeConfig.URLS, "http://localhost:1"), false);
    return converter;
  }

  @AfterEach
  void close() {
    converter.close();
  }

  @Test
  void connectFindsItByItsService() {
    assertThat(
            ServiceLoader.load(Converter.class).stream()
                .anyMatch(provider -> provider.type().equals(AvroConverter.class)))
        .isTrue();
  }

  @Test
  void aTombstoneStaysOne() {
    assertThat(converter.toConnectData("t", null)).isEqualTo(SchemaAndValue.NULL);
    assertThat(converter.fromConnectData("t", Schema.OPTIONAL_STRING_SCHEMA, null)).isNull();
    assertThat(converter.fromConnectData("t", null, null)).isNull();
  }

  @Test
  void bytesInAnotherFormatAreRefusedByTheirLengthAndNotTheirContent() {
    assertThatThrownBy(() -> converter.toConnectData("orders", Prompts.SECRET.getBytes()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("orders")
        .hasMessageContaining(Prompts.SECRET.length() + " bytes")
        .hasMessageNotContaining(Prompts.SECRET)
        .hasNoCause();
  }

  @Test
  void aNameThatAvroDoesNotTakeIsNamed() {
    // Given
    Schema schema =
        SchemaBuilder.struct().name("shop.Order").field("unit-price", Schema.STRING_SCHEMA).build();
    Struct order = new Struct(schema).put("unit-price", Prompts.SECRET);

    // Then
    assertThatThrownBy(() -> converter.fromConnectData("orders", schema, order))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("unit-price")
        .hasMessageNotContaining(Prompts.SECRET);
  }

  @Test
  void withoutConfigurationItSaysSo() {
    try (AvroConverter fresh = new AvroConverter()) {
      assertThatThrownBy(() -> fresh.toConnectData("t", null))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("not configured");
    }
  }

  @Test
  void itsSettingsAndItsVersionCanBeAskedFor() {
    assertThat(converter.config().names()).contains(SerdeConfig.URLS, ConverterConfig.USE_LATEST);
    assertThat(converter.version()).isNotBlank();
  }
}
