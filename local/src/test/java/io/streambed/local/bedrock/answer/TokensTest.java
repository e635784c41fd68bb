/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hello | 1
          hello world | 2
          Say this is a test. | 6
          internationalisation | 4
          1234567 | 3
          水は流れる | 4
          """)
  void textIsCountedAboutAsModelsCountIt(String text, int tokens) {
    // Then
    assertThat(Tokens.count(text)).isEqualTo(tokens);
  }

  @Test
  void theFirstTokensOfATextAreThatMany() {
    // Given
    String text = "Rivers meander because water erodes the outer bank, and 12345 other reasons.";

    // Then
    for (int n = 0; n <= Tokens.count(text); n++) {
      assertThat(Tokens.count(Tokens.first(text, n))).isEqualTo(n);
    }
    assertThat(Tokens.first(text, 1_000)).isEqualTo(text);
  }
}
