/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextVectorsTest {
  private final TextVectors vectors = new TextVectors();

  @Test
  void whyThereIsNoDistanceIsSaid() {
    // Given
    vectors.embedded("one", List.of(1f, 0f));
    vectors.embedded("other", List.of(0f, 1f));
    vectors.embedded("shorter", List.of(1f));
    vectors.failed("lost", "MODEL_ERROR");

    // When, then
    assertThat(vectors.distance("one", "other")).hasValue(1);
    assertThat(vectors.distance("one", "lost")).isEmpty();
    assertThat(vectors.why("one", "lost")).isEqualTo("dead letter MODEL_ERROR");
    assertThat(vectors.why("lost", "late")).isEqualTo("dead letter MODEL_ERROR");
    assertThat(vectors.why("one", "late")).isEqualTo("not answered in time");
    assertThat(vectors.why("one", "shorter")).isEqualTo("vectors without an angle");
  }

  @Test
  void whatHasFailedIsNotKnownAndIsWaitedForAnew() {
    // Given
    vectors.failed("lost", "MODEL_ERROR");
    assertThat(vectors.has("lost")).isFalse();
    assertThat(vectors.isSettled("lost")).isTrue();

    // When
    vectors.forgetFailures();

    // Then
    assertThat(vectors.isSettled("lost")).isFalse();

    // When
    vectors.embedded("lost", List.of(1f));

    // Then
    assertThat(vectors.isSettled("lost")).isTrue();
  }
}
