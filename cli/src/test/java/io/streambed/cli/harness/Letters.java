/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.harness;

import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Dead letters for tests without a broker. */
public final class Letters {
  /** When those of this class were settled. */
  public static final Instant SETTLED = Instant.parse("2026-11-20T12:00:00Z");

  private Letters() {}

  /** One about the request at an offset, by a provider's fault. */
  public static DeadLetter.Builder at(long offset) {
    return DeadLetter.newBuilder()
        .setId("order-" + offset)
        .setTenant("acme")
        .setModel("small")
        .setCode(DeadLetterCode.MODEL_ERROR)
        .setKind(FailureKind.PROVIDER)
        .setMessage("The model went on failing")
        .setSourceTopic("prompt-requests")
        .setSourcePartition(0)
        .setSourceOffset(offset)
        .setOriginalValue(ByteBuffer.wrap(new byte[] {0, 0, 0, 0, 1, 2}))
        .setOriginalValueLength(6)
        .setSpentPicoDollars(5)
        .setRequestedAt(SETTLED.minusSeconds(9))
        .setSettledAt(SETTLED);
  }
}
