/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import io.streambed.processors.invocation.InvocationStep;
import io.streambed.processors.job.StateCodec;
import io.streambed.schemas.released.ReleasedSchemas;
import io.streambed.schemas.state.AttemptRef;
import io.streambed.schemas.state.FlightState;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The attempts that Streambed has committed, from the changelog of what is in flight. It is the one
 * thing that is not seen from outside: only there stands what was known before a crash. A thread of
 * its own follows the log, which is told to keep everything until it has been read. Safe for use by
 * many threads.
 */
public final class AttemptLog implements AutoCloseable {
  private static final String TOPIC = "streambed-" + InvocationStep.FLIGHTS + "-changelog";

  private static final long GAP_MILLIS = 1_000;

  /** What the keys of flights' states begin with. */
  private static final byte STATE = 'S';

  private final StateCodec<FlightState> codec =
      new StateCodec<>(FlightState.class, ReleasedSchemas.of(FlightState.class));
  private final CommittedTopic log;
  private final Set<String> attempts = new HashSet<>();
  private final ReentrantLock reading = new ReentrantLock();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("attempt-log").factory());

  AttemptLog(String kafka) {
    keep(kafka);
    this.log = CommittedTopic.open(kafka, TOPIC);
    thread.scheduleWithFixedDelay(this::follow, GAP_MILLIS, GAP_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static void keep(String kafka) {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
    AlterConfigOp later =
        new AlterConfigOp(
            new ConfigEntry(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, "60000"),
            AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka))) {
      admin
          .incrementalAlterConfigs(Map.of(topic, List.of(later)))
          .all()
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    }
  }

  private void follow() {
    try {
      read();
    } catch (KafkaException away) {
      // The broker restarts; the next look goes on from where this one was, and the last one tells.
    }
  }

  /** Ids of all attempts that have been committed so far. */
  public Set<String> read() {
    reading.lock();
    try {
      log.toEnd(this::note);
      return Set.copyOf(attempts);
    } finally {
      reading.unlock();
    }
  }

  private void note(ConsumerRecord<byte[], byte[]> one) {
    if (one.value() != null && one.key()[0] == STATE) {
      codec.decode(one.value()).getAttempt().map(AttemptRef::getId).ifPresent(attempts::add);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    reading.lock();
    try {
      log.close();
    } finally {
      reading.unlock();
    }
  }
}
