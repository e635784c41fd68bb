/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamTemplateTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "orders",
        "${topic}",
        "live-${topic}.v1",
        "arn:aws:kinesis:eu-central-1:123456789012:stream/orders",
        "arn:aws-cn:kinesis:cn-north-1:123456789012:stream/${topic}"
      })
  void namesAndArnsAreValid(String text) {
    assertThat(StreamTemplate.isValid(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "${stream}",
        "arn:aws:kinesis:eu-central-1:1:stream/orders",
        "arn:aws:sqs:eu-central-1:123456789012:orders"
      })
  void otherTextIsNot(String text) {
    assertThat(StreamTemplate.isValid(text)).isFalse();
  }

  @Test
  void theTopicIsPutIn() {
    assertThat(new StreamTemplate("live-${topic}").of("orders")).isEqualTo("live-orders");
    assertThat(new StreamTemplate("live-${topic}").isLiteral()).isFalse();
    assertThat(new StreamTemplate("live").of("orders")).isEqualTo("live");
    assertThat(new StreamTemplate("live").isLiteral()).isTrue();
  }
}
