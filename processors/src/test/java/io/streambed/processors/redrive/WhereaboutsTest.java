/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.schemas.DeadLetter;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhereaboutsTest {
  /** Of "value". */
  private static final String SHA256 =
      "cd42404d52ad55ccfa9aca4adc828aa5800ad9d385a0671fbcbf724118320619";

  @Test
  void aDeadLetterHoldsItsRequest() {
    assertThat(Whereabouts.of(Letters.at(1, List.of()))).isInstanceOf(Whereabouts.Here.class);
  }

  @Test
  void whatWasTooLargeIsAtItsPlaceIfItIsStillTheSame() {
    // Given
    DeadLetter letter =
        Letters.builder(3).setOriginalValueLength(5).setOriginalValueSha256(SHA256).build();

    // When
    Whereabouts.AtItsPlace place = (Whereabouts.AtItsPlace) Whereabouts.of(letter);

    // Then
    assertThat(place.place().key()).isEqualTo("prompt-requests-1-3");
    assertThat(place.holds("value".getBytes(UTF_8))).isTrue();
    assertThat(place.holds("valuE".getBytes(UTF_8))).isFalse();
    assertThat(place.holds("values".getBytes(UTF_8))).isFalse();
    assertThat(place.holds(null)).isFalse();
  }

  @Test
  void aRecordWithoutAValueIsNowhere() {
    assertThat(Whereabouts.of(Letters.builder(3).build())).isInstanceOf(Whereabouts.Nowhere.class);
  }
}
