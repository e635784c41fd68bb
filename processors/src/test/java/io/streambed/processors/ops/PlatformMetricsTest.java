/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlatformMetricsTest {

  private final PlatformMetrics metrics =
      new PlatformMetrics(new ServiceInfo("1.2.3", "app", "instance", Instant.EPOCH));

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void ofKafkaOnlyTotalsAreKept() {
    // When
    gauge("kafka.stream.thread.commit.rate", Tags.of("client.id", "a", "thread.id", "t"));
    gauge("kafka.stream.task.process.rate", Tags.of("client.id", "a", "task.id", "0_1"));
    gauge("kafka.consumer.fetch.manager.records.lag", Tags.of("client.id", "a", "partition", "1"));
    gauge("streambed.lane.open", Tags.of("lane", "x"));

    // Then
    assertThat(scrape())
        .contains("kafka_stream_thread_commit_rate{", "streambed_lane_open{")
        .doesNotContain("kafka_stream_task", "records_lag");
  }

  @Test
  void theNumberOfTimeSeriesHasACeiling() {
    // When
    for (int i = 0; i < 6_000; i++) {
      Counter.builder("streambed.flood")
          .description("x")
          .tag("n", "" + i)
          .register(metrics.registry());
    }

    // Then
    assertThat(metrics.registry().getMeters()).hasSizeLessThanOrEqualTo(5_000);
  }

  @Test
  void theBuildIsAMeterToo() {
    assertThat(scrape())
        .containsPattern("streambed_build_info\\{[^}]*version=\"1.2.3\"[^}]*} 1(\\.0)?\n");
  }

  private void gauge(String name, Tags tags) {
    Gauge.builder(name, () -> 1).description("x").tags(tags).register(metrics.registry());
  }

  private String scrape() {
    return metrics.scrape(metrics.contentType(Optional.empty()));
  }
}
