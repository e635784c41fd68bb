/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.serdes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.schemas.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AnswersTest {

  @Test
  void aClientThatNeverEndsItsQuestionIsNotWaitedForForEver() {
    assertThatThrownBy(() -> Answers.await(new CompletableFuture<>(), Duration.ofMillis(20)))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContainingAll("in 20 ms", "thread dump");
  }
}
