/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;

/**
 * What is told of one stream's shards. They are known only from Kinesis' answers, so they come with
 * their first record and go when they have taken none for long: after a split or a merge they never
 * will again. Written by the task's thread, read by any.
 */
final class ShardMetrics {

  private static final Duration SILENCE = Duration.ofHours(1);

  private static final class Numbers {
    private final AtomicLong records = new AtomicLong();
    private Optional<MetricName> name = Optional.empty();
    private long last;
  }

  private final Optional<PluginMetrics> worker;
  private final String stream;
  private final LongSupplier nanoTime;
  private final Map<String, Numbers> shards = new HashMap<>();

  /**
   * @param worker nothing with a worker that has no metrics of plugins
   * @param nanoTime as {@link System#nanoTime()}
   */
  ShardMetrics(Optional<PluginMetrics> worker, String stream, LongSupplier nanoTime) {
    this.worker = worker;
    this.stream = stream;
    this.nanoTime = nanoTime;
  }

  /** A shard took some records of Kafka. */
  void taken(String shard, int count) {
    long now = nanoTime.getAsLong();
    Numbers numbers = shards.get(shard);
    if (numbers == null) {
      forgetSilent(now);
      numbers = begun(shard);
    }
    numbers.records.addAndGet(count);
    numbers.last = now;
  }

  private Numbers begun(String shard) {
    Numbers numbers = new Numbers();
    LinkedHashMap<String, String> tags = new LinkedHashMap<>();
    tags.put("stream", stream);
    tags.put("shard", shard);
    numbers.name =
        worker.map(metrics ->
            metrics.metricName(
                "shard-records-total", "Records of Kafka that the shard took.", tags));
    numbers.name.ifPresent(name ->
        worker.ifPresent(metrics ->
            metrics.addMetric(name, (Gauge<Long>) (config, time) -> numbers.records.get())));
    shards.put(shard, numbers);
    return numbers;
  }

  private void forgetSilent(long now) {
    shards
        .values()
        .removeIf(numbers -> {
          boolean silent = now - numbers.last > SILENCE.toNanos();
          if (silent) {
            numbers.name.ifPresent(name -> worker.ifPresent(metrics -> metrics.removeMetric(name)));
          }
          return silent;
        });
  }
}
