/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.micrometer.core.instrument.MeterRegistry;
import io.streambed.processors.config.StreambedConfig;
import io.streambed.processors.invocation.Calls;
import io.streambed.processors.invocation.Load;
import io.streambed.processors.model.Lane;
import io.streambed.processors.ops.Health;
import io.streambed.processors.ops.Health.Scope;
import io.streambed.processors.ops.HealthCheck;
import io.streambed.processors.ops.HealthStatus;
import io.streambed.processors.ops.OpsServer;
import io.streambed.processors.ops.PlatformMetrics;
import io.streambed.processors.ops.ServiceInfo;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;

/** What the operator sees of a running platform. Safe for use by many threads. */
final class Operations implements AutoCloseable {

  private final PlatformMetrics metrics;
  private final HealthCheck live;
  private final HealthCheck ready;
  private final Optional<OpsServer> server;

  private Operations(
      PlatformMetrics metrics, HealthCheck live, HealthCheck ready, Optional<OpsServer> server) {
    this.metrics = metrics;
    this.live = live;
    this.ready = ready;
    this.server = server;
  }

  static Operations start(StreambedConfig config, Clock clock) {
    ServiceInfo info =
        ServiceInfo.of(
            config.kafka().applicationId(), config.kafka().instanceId(), clock.instant());
    PlatformMetrics metrics = new PlatformMetrics(info);
    Health health = new Health(clock);
    HealthCheck live = health.check(Scope.LIVE, "process", new HealthStatus.Up());
    HealthCheck ready =
        health.check(Scope.READY, "kafka-streams", new HealthStatus.Down("it is starting"));
    Optional<OpsServer> server =
        config.ops().enabled()
            ? Optional.of(OpsServer.start(config.ops(), health, metrics, info, clock))
            : Optional.empty();
    return new Operations(metrics, live, ready, server);
  }

  MeterRegistry meters() {
    return metrics.registry();
  }

  void watch(Calls calls, Load load, List<Lane> lanes, KafkaStreams streams) {
    Meters.bind(metrics.registry(), calls, load, lanes);
    metrics.add(Meters.of(streams));
  }

  void state(State state) {
    switch (state) {
      case RUNNING -> ready.up();
      case CREATED, REBALANCING ->
          ready.down("Kafka Streams is " + state + "; partitions are being given out or restored");
      case PENDING_SHUTDOWN, NOT_RUNNING -> ready.down("it is stopping");
      case PENDING_ERROR, ERROR -> {
        ready.down("Kafka Streams has failed; the log says why");
        live.down("Kafka Streams has failed; the log says why");
      }
    }
  }

  void draining() {
    ready.down("it is stopping; open calls may end");
  }

  @Override
  public void close() {
    server.ifPresent(OpsServer::close);
    metrics.close();
  }
}
