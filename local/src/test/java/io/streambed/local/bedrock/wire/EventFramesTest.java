/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EventFramesTest {
  @Test
  void aFrameIsByteForByteThatOfTheRealService() {
    // When
    byte[] frame = EventFrames.event("contentBlockStop", Json.object().put("contentBlockIndex", 0));

    // Then
    assertThat(HexFormat.of().formatHex(frame))
        .isEqualTo(
            "0000007d00000056e6680fd60d3a6d6573736167652d747970650700056576656e740b3a6576656e742d"
                + "74797065070010636f6e74656e74426c6f636b53746f700d3a636f6e74656e742d74797065070010"
                + "6170706c69636174696f6e2f6a736f6e7b22636f6e74656e74426c6f636b496e646578223a307d58"
                + "7eaac2");
  }
}
