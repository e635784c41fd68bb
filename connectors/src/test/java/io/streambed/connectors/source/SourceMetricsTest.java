/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import static io.streambed.connectors.source.Shards.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.junit.jupiter.api.Test;

class SourceMetricsTest {

  private final Worker worker = new Worker();
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
    assertThat(worker.values("a"))
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
    assertThat(worker.values("b").values()).containsOnly(0L);
  }

  @Test
  void aShardThatHasEndedTellsNothingMore() {
    metrics.begun(id("a"));

    metrics.ended(id("a"));

    assertThat(worker.values("a")).isEmpty();
  }

  private static final class Worker implements PluginMetrics {
    private final Map<MetricName, MetricValueProvider<?>> all = new LinkedHashMap<>();

    Map<String, Object> values(String shard) {
      Map<String, Object> values = new TreeMap<>();
      all.forEach((name, value) -> {
        if (shard.equals(name.tags().get("shard")) && value instanceof Gauge<?> gauge) {
          values.put(name.name(), gauge.value(new MetricConfig(), 0));
        }
      });
      return values;
    }

    @Override
    @SuppressWarnings("NonApiType") // Kafka's interface has it so.
    public MetricName metricName(
        String name, String description, LinkedHashMap<String, String> tags) {
      return new MetricName(name, "plugins", description, tags);
    }

    @Override
    public void addMetric(MetricName name, MetricValueProvider<?> value) {
      all.put(name, value);
    }

    @Override
    public void removeMetric(MetricName name) {
      all.remove(name);
    }

    @Override
    public Sensor addSensor(String name) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public void removeSensor(String name) {
      throw new UnsupportedOperationException(name);
    }
  }
}
