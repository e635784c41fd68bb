/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;

/** Metrics of a worker, as it would tell them. Of one thread. */
public final class FakePluginMetrics implements PluginMetrics {
  private final Map<MetricName, MetricValueProvider<?>> all = new LinkedHashMap<>();

  /** Those that have just these tags, by their names. */
  public Map<String, Object> values(Map<String, String> tags) {
    Map<String, Object> values = new TreeMap<>();
    all.forEach((name, value) -> {
      if (name.tags().equals(tags) && value instanceof Gauge<?> gauge) {
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
