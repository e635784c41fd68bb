/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.schemas.released.ContractRecords;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.junit.jupiter.api.Test;

/** What users of any language are told by the schemas themselves. */
class SchemaDocsTest {

  private static final Map<String, Schema> NAMED = ContractRecords.named();

  @Test
  void everyGeneratedRecordIsPartOfTheContract() {
    assertThat(ContractRecords.generatedClasses()).isNotEmpty().isSubsetOf(NAMED.keySet());
  }

  @Test
  void everyRecordAndEnumSaysWhatItIs() {
    assertThat(NAMED.values())
        .allSatisfy(type -> assertThat(type.getDoc()).as(type.getName()).isNotBlank());
  }

  @Test
  void everyFieldSaysWhatItIs() {
    for (Schema type : NAMED.values()) {
      if (type.getType() == Schema.Type.RECORD) {
        for (Field field : type.getFields()) {
          assertThat(field.doc()).as(type.getName() + "." + field.name()).isNotBlank();
        }
      }
    }
  }

  @Test
  void everyWordOfAnEnumIsExplainedAndAnUnknownOneHasADefault() {
    for (Schema type : NAMED.values()) {
      if (type.getType() == Schema.Type.ENUM) {
        assertThat(type.getEnumDefault()).as(type.getName()).isEqualTo("UNKNOWN");
        assertThat(type.getEnumSymbols())
            .allSatisfy(word -> assertThat(type.getDoc()).as(type.getName()).contains(word + ":"));
      }
    }
  }

  @Test
  void aRequestsFieldsBeforeModelDoNotDecideTheAnswerAndThoseBehindItDo() {
    for (Schema request : new Schema[] {PromptRequest.SCHEMA$, EmbeddingRequest.SCHEMA$}) {
      int border = request.getField("model").pos();
      for (Field field : request.getFields()) {
        boolean excluded = "excluded".equals(field.getProp("fingerprint"));
        // The tenant decides, and is known before the content is read.
        assertThat(excluded || field.name().equals("tenant"))
            .as(request.getName() + "." + field.name())
            .isEqualTo(field.pos() < border);
      }
    }
  }
}
