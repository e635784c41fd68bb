/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.streambed.processors.ops.Health;
import io.streambed.processors.ops.Health.Scope;
import io.streambed.processors.ops.HealthCheck;
import io.streambed.processors.ops.HealthStatus;
import io.streambed.processors.ops.HealthStatus.Down;
import io.streambed.processors.ops.HealthStatus.Up;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Tells the state of Kafka Streams as health: ready while it runs, not live once it has failed.
 * Called by stream threads.
 */
public final class StreamsHealth implements KafkaStreams.StateListener {

  private final HealthCheck live;
  private final HealthCheck ready;

  public StreamsHealth(Health health) {
    live = health.check(Scope.LIVE, "stream-threads", live(KafkaStreams.State.CREATED));
    ready = health.check(Scope.READY, "streams", ready(KafkaStreams.State.CREATED));
  }

  @Override
  public void onChange(KafkaStreams.State now, KafkaStreams.State before) {
    live.report(live(now));
    ready.report(ready(now));
  }

  /** Whether a restart would help in a state. */
  static HealthStatus live(KafkaStreams.State state) {
    return switch (state) {
      case CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN, NOT_RUNNING -> new Up();
      case PENDING_ERROR, ERROR ->
          new Down("all stream threads have failed; the log says why; restart the process");
    };
  }

  /** Whether work goes on in a state. */
  static HealthStatus ready(KafkaStreams.State state) {
    return switch (state) {
      case RUNNING -> new Up();
      case CREATED -> new Down("it has not started yet");
      case REBALANCING -> new Down("work is being shared out among instances, or state restored");
      case PENDING_SHUTDOWN -> new Down("it is stopping");
      case NOT_RUNNING -> new Down("it has stopped");
      case PENDING_ERROR, ERROR -> new Down("all stream threads have failed");
    };
  }
}
