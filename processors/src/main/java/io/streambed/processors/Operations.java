/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.micrometer.core.instrument.MeterRegistry;
import io.streambed.processors.config.StreambedConfig;
import io.streambed.processors.ops.Health;
import io.streambed.processors.ops.OpsServer;
import io.streambed.processors.ops.OpsServerException;
import io.streambed.processors.ops.PlatformMetrics;
import io.streambed.processors.ops.ServiceInfo;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/**
 * What an operator sees of one platform: health, meters, and what is running, over HTTP where the
 * settings say so. Start it before the platform and close it after, so that starting and stopping
 * are seen too. Safe for use by many threads.
 */
public final class Operations implements AutoCloseable {

  private final Health health;
  private final PlatformMetrics metrics;
  private final Optional<OpsServer> server;

  private Operations(Health health, PlatformMetrics metrics, Optional<OpsServer> server) {
    this.health = health;
    this.metrics = metrics;
    this.server = server;
  }

  /**
   * Starts to serve.
   *
   * @throws OpsServerException if the address cannot be listened on
   */
  public static Operations start(StreambedConfig config, Clock clock) {
    Health health = new Health(clock);
    ServiceInfo info =
        ServiceInfo.of(
            config.kafka().applicationId(), config.kafka().instanceId(), clock.instant());
    PlatformMetrics metrics = new PlatformMetrics(info);
    try {
      Optional<OpsServer> server =
          config.ops().enabled()
              ? Optional.of(OpsServer.start(config.ops(), health, metrics, info, clock))
              : Optional.empty();
      return new Operations(health, metrics, server);
    } catch (OpsServerException e) {
      metrics.close();
      throw e;
    }
  }

  /** To which the platform reports. */
  public Health health() {
    return health;
  }

  /** Where the platform registers its meters. */
  public MeterRegistry meters() {
    return metrics.registry();
  }

  /** Where they are served, if they are. */
  public Optional<URI> address() {
    return server.map(OpsServer::address);
  }

  @Override
  public void close() {
    server.ifPresent(OpsServer::close);
    metrics.close();
  }
}
