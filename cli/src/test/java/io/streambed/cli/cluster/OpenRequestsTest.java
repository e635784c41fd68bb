/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.cli.settlement.Settlement;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.EmbeddingResult;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.ResultSource;
import io.streambed.schemas.TokenUsage;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OpenRequestsTest {
  private final OpenRequests<String> open = new OpenRequests<>();

  @Test
  void aResultSettlesTheRequestOfItsTenantAndIdOnce() {
    // Given
    open.add("a", new Published("t", 0, 1, "x"), "first");
    open.add("b", new Published("t", 0, 2, "x"), "of another tenant");

    // Then
    assertThat(open.settle(result("a", "x"))).contains("first");
    assertThat(open.settle(result("a", "x"))).isEmpty();
    assertThat(open.all()).containsExactly("of another tenant");
  }

  @Test
  void aDeadLetterSettlesTheRequestThatItNames() {
    // Given: two requests with one id
    open.add("a", new Published("t", 0, 1, "x"), "first");
    open.add("a", new Published("t", 0, 2, "x"), "second");

    // Then
    assertThat(open.settle(deadLetter(2))).contains("second");
    assertThat(open.settle(deadLetter(7))).isEmpty();
    assertThat(open.settle(result("a", "x"))).contains("first");
    assertThat(open.size()).isZero();
  }

  @Test
  void aRequestWithoutAnIdIsKnownByItsPlace() {
    open.add("a", new Published("t", 3, 14, ""), "nameless");
    assertThat(open.settle(result("a", "t-3-14"))).contains("nameless");
  }

  private static Settlement result(String tenant, String id) {
    return new Settlement.Embedded(
        EmbeddingResult.newBuilder()
            .setId(id)
            .setTenant(tenant)
            .setModel("m")
            .setSource(ResultSource.MODEL)
            .setDimensions(1)
            .setUsage(TokenUsage.newBuilder().build())
            .setModelId("id")
            .setRegion("r")
            .setFingerprint("ff")
            .setRequestedAt(Instant.EPOCH)
            .setSettledAt(Instant.EPOCH)
            .build());
  }

  private static Settlement deadLetter(long offset) {
    return new Settlement.Dead(
        DeadLetter.newBuilder()
            .setId("x")
            .setCode(DeadLetterCode.EXPIRED)
            .setKind(FailureKind.CALLER)
            .setMessage("late")
            .setSourceTopic("t")
            .setSourcePartition(0)
            .setSourceOffset(offset)
            .setRequestedAt(Instant.EPOCH)
            .setSettledAt(Instant.EPOCH)
            .build());
  }
}
