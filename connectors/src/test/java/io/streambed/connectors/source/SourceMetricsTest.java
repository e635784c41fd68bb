/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import static io.streambed.connectors.source.Shards.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.connectors.platform.FakePluginMetrics;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceMetricsTest {

  private final FakePluginMetrics worker = new FakePluginMetrics();
  private final SourceMetrics metrics = new SourceMetrics(worker);

  @Test
  void eachShardTellsItsLagAndWhatItHasRead() {
    // Given
    metrics.begun(id("a"));
    metrics.begun(id("b"));

    // When
    metrics.read(id("a"), 3, 300, Duration.ofMillis(1_500));
    metrics.read(id("a"), 2, 100, Duration.ofMillis(700));
    metrics.throttled(id("a"), 4);

    // Then
    assertThat(worker.values(tags("a")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "behind-ms",
                700L,
                "records-total",
                5L,
                "bytes-total",
                400L,
                "throttled-total",
                4L));
    assertThat(worker.values(tags("b")).values()).containsOnly(0L);
  }

  @Test
  void aShardThatHasEndedTellsNothingMore() {
    metrics.begun(id("a"));

    metrics.ended(id("a"));

    assertThat(worker.values(tags("a"))).isEmpty();
  }

  private static Map<String, String> tags(String shard) {
    return Map.of("stream", Shards.STREAM.name(), "shard", shard);
  }
}
