/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class WireFormatTest {

  @Test
  void aHeaderIsAZeroByteAndTheIdInBigEndian() {
    assertThat(WireFormat.wrap(0x01020304, new byte[] {9})).containsExactly(0, 1, 2, 3, 4, 9);
  }

  @Test
  void theIdAndTheBodyComeBack() {
    // Given
    byte[] value = WireFormat.wrap(77, new byte[] {1, 2});

    // Then
    assertThat(WireFormat.schemaId(value)).hasValue(77);
    assertThat(WireFormat.body(value)).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
  }

  @Test
  void anIdWithItsHighestBitIsStillAnId() {
    assertThat(WireFormat.schemaId(WireFormat.wrap(-1, new byte[0]))).hasValue(-1);
  }

  @Test
  void shortBytesAndOtherFormatsHaveNoId() {
    assertThat(WireFormat.schemaId(new byte[] {0, 0, 0, 1})).isEmpty();
    assertThat(WireFormat.schemaId("{\"json\": 1}".getBytes())).isEmpty();
  }

  @Test
  void theMessageOfAnUnreadableValueHoldsNoneOfIt() {
    // Given
    byte[] secret = "a secret prompt".getBytes();

    // Then
    assertThatThrownBy(() -> WireFormat.body(secret))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageContaining("15 bytes")
        .message()
        .doesNotContain("secret");
  }
}
