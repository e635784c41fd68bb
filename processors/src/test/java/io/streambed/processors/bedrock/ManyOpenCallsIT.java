/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.bedrock.ScriptedServer.Scripted;
import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelResult;
import io.streambed.processors.model.ModelResult.Failed;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The SDK's defaults hold 50 calls open and fail the rest after a wait; ours hold what lanes allow.
 */
class ManyOpenCallsIT {

  private static final int MANY = 1_200;

  @Test
  void allCallsThatALaneAllowsAreOpenAtOnce() throws Exception {
    // Given: a server that answers nobody before all have asked
    CountDownLatch asked = new CountDownLatch(MANY);
    Lane lane = new Lane(Calls.CHAT.modelId(), "us-east-1", MANY);
    try (ScriptedServer server = ScriptedServer.answering(any -> onceAllAsked(asked));
        BedrockModelClient client =
            new BedrockModelClient(
                BedrockConfig.inRegion("us-east-1").withEndpoint(server.uri()), List.of(lane))) {
      // When
      List<CompletableFuture<ModelResult>> open =
          IntStream.range(0, MANY)
              .mapToObj(i -> client.call(Calls.prompt(lane, Calls.asking("No. " + i).build())))
              .toList();

      // Then
      assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
      for (CompletableFuture<ModelResult> result : open) {
        assertThat(result.get(60, TimeUnit.SECONDS))
            .isInstanceOfSatisfying(
                Failed.class, it -> assertThat(it.reason()).isEqualTo(CallFailure.THROTTLED));
      }
    }
  }

  private static Scripted onceAllAsked(CountDownLatch asked) {
    asked.countDown();
    try {
      assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Scripted.error(429, "ThrottlingException", "wait");
  }
}
