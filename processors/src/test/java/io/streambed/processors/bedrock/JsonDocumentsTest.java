/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":[1,-2.50,1E+400,12345678901234567890.123456789,0.1]}",
        "{\"b\":{},\"a\":[],\"c\":[[null,true,false]]}",
        "\"a \\\"quoted\\\" text\"",
        "null",
        "1.0",
        "{\"z\":1,\"a\":2}"
      })
  void jsonComesBackAsItWas(String json) {
    assertThat(JsonDocuments.print(JsonDocuments.parse(json))).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "{\"canary\":", "canary", "{} canary", "[1,]", "{\"a\":NaN}"})
  void whatIsNoJsonIsRefusedAndNotQuoted(String text) {
    assertThatThrownBy(() -> JsonDocuments.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageNotContaining("canary");
  }
}
