/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.avro;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;

class AvroNamesTest {

  @Test
  void namesThatAvroTakesAreNotRefused() {
    Schema line =
        SchemaBuilder.struct().name("shop.Line_2").field("_x", Schema.INT8_SCHEMA).build();

    assertThat(AvroNames.refused(SchemaBuilder.array(line).build())).isEmpty();
    assertThat(AvroNames.refused(Schema.BYTES_SCHEMA)).isEmpty();
  }

  @Test
  void aFieldDeepInsideIsNamed() {
    // Given
    Schema line = SchemaBuilder.struct().field("unit-price", Schema.FLOAT64_SCHEMA).build();
    Schema order =
        SchemaBuilder.struct()
            .field("id", Schema.STRING_SCHEMA)
            .field("lines", SchemaBuilder.map(Schema.STRING_SCHEMA, line).build())
            .build();

    // Then
    assertThat(AvroNames.refused(order)).contains("the name of its field 'unit-price'");
  }

  @Test
  void theNameOfAStructCounts() {
    assertThat(AvroNames.refused(SchemaBuilder.struct().name("shop/Order").build()))
        .contains("its name 'shop/Order'");
  }
}
