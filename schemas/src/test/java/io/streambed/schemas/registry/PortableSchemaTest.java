/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.schemas.PromptRequest;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

class PortableSchemaTest {

  private static final Schema OURS = PromptRequest.getClassSchema();

  @Test
  void javasOwnPropertiesAreLeftOutAndEverythingElseStays() {
    Schema portable = new Schema.Parser().parse(PortableSchema.text(OURS));

    assertThat(OURS.toString()).as("needs it").contains("avro.java.string");
    assertThat(portable.toString()).doesNotContain("avro.java");
    assertThat(portable.getField("id").getProp("fingerprint")).isEqualTo("excluded");
    assertThat(portable.getField("id").doc()).isEqualTo(OURS.getField("id").doc());
    assertThat(portable.getField("deadline").schema().getTypes().get(1).getLogicalType())
        .isEqualTo(OURS.getField("deadline").schema().getTypes().get(1).getLogicalType());
  }

  @Test
  void dataWrittenByOneIsDataOfTheOther() {
    Schema portable = new Schema.Parser().parse(PortableSchema.text(OURS));
    assertThat(SchemaNormalization.toParsingForm(portable))
        .isEqualTo(SchemaNormalization.toParsingForm(OURS));
  }
}
