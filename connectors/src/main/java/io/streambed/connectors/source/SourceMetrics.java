/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;

/**
 * What is told of each shard, through the worker's own metrics and so by JMX and by every reporter
 * of the worker. Written by the task's thread, read by any.
 */
final class SourceMetrics {

  /** One shard's numbers. */
  private static final class Numbers {
    private final AtomicLong behind = new AtomicLong();
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong throttled = new AtomicLong();
    private List<MetricName> names = List.of();
  }

  private final PluginMetrics worker;
  private final Map<ShardId, Numbers> shards = new ConcurrentHashMap<>();

  SourceMetrics(PluginMetrics worker) {
    this.worker = worker;
  }

  void begun(ShardId shard) {
    Numbers numbers = new Numbers();
    if (shards.putIfAbsent(shard, numbers) == null) {
      numbers.names =
          List.of(
              gauge(
                  shard,
                  "behind-ms",
                  "Age of the newest record read, in milliseconds; 0 at the shard's tip.",
                  numbers.behind),
              gauge(shard, "records-total", "Records handed to the worker.", numbers.records),
              gauge(shard, "bytes-total", "Bytes of keys and data read.", numbers.bytes),
              gauge(
                  shard,
                  "throttled-total",
                  "Reads that Kinesis refused as too many.",
                  numbers.throttled));
    }
  }

  void read(ShardId shard, int records, long bytes, Duration behind) {
    Numbers numbers = shards.get(shard);
    if (numbers != null) {
      numbers.records.addAndGet(records);
      numbers.bytes.addAndGet(bytes);
      numbers.behind.set(behind.toMillis());
    }
  }

  void throttled(ShardId shard, long total) {
    Numbers numbers = shards.get(shard);
    if (numbers != null) {
      numbers.throttled.set(total);
    }
  }

  void ended(ShardId shard) {
    Numbers numbers = shards.remove(shard);
    if (numbers != null) {
      numbers.names.forEach(worker::removeMetric);
    }
  }

  private MetricName gauge(ShardId shard, String name, String description, AtomicLong value) {
    LinkedHashMap<String, String> tags = new LinkedHashMap<>();
    tags.put("stream", shard.stream().name());
    tags.put("shard", shard.shard());
    MetricName metric = worker.metricName(name, description, tags);
    worker.addMetric(metric, (Gauge<Long>) (config, now) -> value.get());
    return metric;
  }
}
