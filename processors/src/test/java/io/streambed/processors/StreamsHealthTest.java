/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.ops.Health;
import io.streambed.processors.ops.Health.Scope;
import java.time.Clock;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsHealthTest {

  private final Health health = new Health(Clock.systemUTC());

  @ParameterizedTest
  @CsvSource({
    "CREATED, true, false",
    "REBALANCING, true, false",
    "RUNNING, true, true",
    "PENDING_SHUTDOWN, true, false",
    "NOT_RUNNING, true, false",
    "PENDING_ERROR, false, false",
    "ERROR, false, false",
  })
  void aStateIsToldAsHealth(KafkaStreams.State state, boolean live, boolean ready) {
    // Given
    StreamsHealth streams = new StreamsHealth(health);

    // When
    streams.onChange(state, KafkaStreams.State.CREATED);

    // Then
    assertThat(health.report(Scope.LIVE).up()).isEqualTo(live);
    assertThat(health.report(Scope.READY).up()).isEqualTo(ready);
  }

  @Test
  void whatHasNotStartedIsLiveAndNotReady() {
    // When
    StreamsHealth streams = new StreamsHealth(health);

    // Then
    assertThat(streams).isNotNull();
    assertThat(health.report(Scope.LIVE).up()).isTrue();
    assertThat(health.report(Scope.READY).up()).isFalse();
  }
}
