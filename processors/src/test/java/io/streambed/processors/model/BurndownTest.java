/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BurndownTest {

  @ParameterizedTest
  @CsvSource({
    "us.anthropic.claude-sonnet-4-5-20250929-v1:0, 5",
    "arn:aws:bedrock:us-east-1:1:inference-profile/global.anthropic.claude-opus-4-8, 15",
    "anthropic.claude-opus-4-1-20250805-v1:0, 5",
    "us.anthropic.claude-sonnet-5, 10",
    "amazon.nova-lite-v1:0, 1",
    "anthropic.claude-3-5-haiku-20241022-v1:0, 1",
  })
  void theLongestBeginningOfTheModelsIdCounts(String modelId, int burndown) {
    assertThat(Burndown.of(modelId)).isEqualTo(burndown);
  }
}
