/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;

/**
 * What is told of a task, through the worker's own metrics and so by JMX ({@code
 * kafka.connect:type=plugins}, with connector, task and stream) and by every reporter of the
 * worker, which takes them away with the task. Written by the task's thread, read by any.
 */
final class SinkMetrics {

  private final Optional<PluginMetrics> worker;
  private final LongSupplier nanoTime;
  private final InstantSource clock;
  private final AtomicLong oversize = new AtomicLong();
  private final AtomicLong unfit = new AtomicLong();
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong oldest = new AtomicLong(Long.MAX_VALUE);

  /**
   * @param worker nothing with a worker older than Kafka 4.1, which has no metrics of plugins
   * @param nanoTime as {@link System#nanoTime()}
   */
  SinkMetrics(Optional<PluginMetrics> worker, LongSupplier nanoTime, InstantSource clock) {
    this.worker = worker;
    this.nanoTime = nanoTime;
    this.clock = clock;
    gauge(
        Map.of(),
        "behind-ms",
        "Age of the oldest record that the task has and Kinesis has not taken yet, in milliseconds; 0 if there is none.",
        this::behind);
    gauge(
        Map.of(),
        "records-oversize-total",
        "Records larger than record.max.bytes, which were not sent.",
        oversize::get);
    gauge(
        Map.of(),
        "records-unfit-total",
        "Records that the settings did not fit or that could not be written, and were not sent.",
        unfit::get);
    gauge(Map.of(), "buffer-bytes", "Bytes that wait or are under way.", held::get);
  }

  /** Metrics of a stream; called once for each. */
  StreamMetrics stream(String stream) {
    StreamMetrics metrics = new StreamMetrics(new ShardMetrics(worker, stream, nanoTime), nanoTime);
    Map<String, String> tags = Map.of("stream", stream);
    gauge(tags, "records-sent-total", "Records of Kafka that Kinesis took.", metrics::records);
    gauge(
        tags,
        "bytes-sent-total",
        "Bytes of data and partition keys that Kinesis took.",
        metrics::bytes);
    gauge(
        tags,
        "records-resent-total",
        "Records of Kinesis that had to be sent again.",
        metrics::resent);
    gauge(
        tags,
        "records-throttled-total",
        "Records of Kinesis that were refused as too many.",
        metrics::throttled);
    gauge(
        tags,
        "records-in-flight",
        "Records of Kinesis that were sent and have no answer yet.",
        metrics::underWay);
    gauge(
        tags,
        "last-acknowledgement-age-ms",
        "Milliseconds since Kinesis took the last record.",
        metrics::sinceTaken);
    return metrics;
  }

  void countOversize() {
    oversize.incrementAndGet();
  }

  void countUnfit() {
    unfit.incrementAndGet();
  }

  /** So many bytes wait or are under way. */
  void held(long bytes) {
    held.set(bytes);
  }

  /**
   * What is to be done yet.
   *
   * @param time of the oldest record, in milliseconds since 1970
   */
  void oldest(OptionalLong time) {
    oldest.set(time.orElse(Long.MAX_VALUE));
  }

  private long behind() {
    return Math.max(0, clock.millis() - oldest.get());
  }

  private void gauge(
      Map<String, String> tags, String name, String description, LongSupplier value) {
    worker.ifPresent(metrics ->
        metrics.addMetric(
            metrics.metricName(name, description, new LinkedHashMap<>(tags)),
            (Gauge<Long>) (config, now) -> value.getAsLong()));
  }
}
