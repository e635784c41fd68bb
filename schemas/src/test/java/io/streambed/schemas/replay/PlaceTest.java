/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {

  @Test
  void aPlaceIsReadAsItIsWritten() {
    Place place = new Place("my-topic-7", 3, 12);
    assertThat(Place.parse(place.toString())).contains(place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", "topic", "topic-1", "-1-2", "topic-x-2", "topic-1-x", "t--1-2-x"})
  void whatIsNoPlaceIsNone(String text) {
    assertThat(Place.parse(text)).isEmpty();
  }
}
