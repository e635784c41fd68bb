/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/** What a task sees of a worker. */
final class FakeWorker implements SinkTaskContext {

  private final Set<TopicPartition> assigned = new HashSet<>();
  private final Set<TopicPartition> paused = new HashSet<>();
  private final List<Throwable> reported = new ArrayList<>();
  private boolean hasErrorTopic;
  private CompletableFuture<Void> written = new CompletableFuture<>();
  private long timeout = -1;
  private int commits;

  void assign(TopicPartition partition) {
    assigned.add(partition);
  }

  /** From now on there is a topic for errors; what is written to it is there when the test says. */
  void withErrorTopic(CompletableFuture<Void> whenWritten) {
    hasErrorTopic = true;
    written = whenWritten;
  }

  Set<TopicPartition> paused() {
    return Set.copyOf(paused);
  }

  List<Throwable> reported() {
    return List.copyOf(reported);
  }

  /** How long the next poll may take, as the task said since this was asked last; -1 for any. */
  long takeTimeout() {
    long said = timeout;
    timeout = -1;
    return said;
  }

  int commits() {
    return commits;
  }

  @Override
  public Map<String, String> configs() {
    return Map.of();
  }

  @Override
  public void offset(Map<TopicPartition, Long> offsets) {
    throw new UnsupportedOperationException("the sink keeps no offsets of its own");
  }

  @Override
  public void offset(TopicPartition partition, long offset) {
    throw new UnsupportedOperationException("the sink keeps no offsets of its own");
  }

  @Override
  public void timeout(long timeoutMs) {
    timeout = timeoutMs;
  }

  @Override
  public Set<TopicPartition> assignment() {
    return Set.copyOf(assigned);
  }

  @Override
  public void pause(TopicPartition... partitions) {
    paused.addAll(List.of(partitions));
  }

  @Override
  public void resume(TopicPartition... partitions) {
    paused.removeAll(List.of(partitions));
  }

  @Override
  public void requestCommit() {
    commits++;
  }

  @Override
  public @Nullable ErrantRecordReporter errantRecordReporter() {
    if (!hasErrorTopic) {
      return null;
    }
    return (record, error) -> {
      reported.add(error);
      return written;
    };
  }

  @Override
  public @Nullable PluginMetrics pluginMetrics() {
    return null;
  }
}
