/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NgramVectorTest {
  private static final String TEXT = "The parcel arrived two days late and the box was damaged.";

  @Test
  void nearTextsHaveNearVectors() {
    // When
    double near = cosine(TEXT, "The parcel arrived three days late, and the box was damaged!");
    double far = cosine(TEXT, "Photosynthesis turns light into sugar.");

    // Then
    assertThat(near).isGreaterThan(0.75);
    assertThat(far).isLessThan(0.25);
  }

  @Test
  void aVectorHasLengthOneAndIsAlwaysTheSame() {
    // When
    float[] vector = NgramVector.of("model", TEXT, 256);

    // Then
    assertThat(cosine(TEXT, TEXT)).isCloseTo(1, within(1e-6));
    assertThat(NgramVector.of("model", TEXT, 256)).isEqualTo(vector);
    assertThat(NgramVector.of("another", TEXT, 256)).isNotEqualTo(vector);
  }

  @Test
  void aTextWithoutWordsHasAVectorToo() {
    // Then
    assertThat(NgramVector.of("model", "!?", 256)).isNotEqualTo(NgramVector.of("model", "..", 256));
  }

  private static double cosine(String one, String other) {
    float[] a = NgramVector.of("model", one, 1024);
    float[] b = NgramVector.of("model", other, 1024);
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
    }
    return dot;
  }
}
