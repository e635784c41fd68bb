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
import io.streambed.processors.ops.LimitsReport;
import io.streambed.processors.ops.OpsServer;
import io.streambed.processors.ops.OpsServerException;
import io.streambed.processors.ops.PlatformMetrics;
import io.streambed.processors.ops.ServiceInfo;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What an operator sees of one platform: health, meters, and what is running, over HTTP where the
 * settings say so. Start it before the platform and close it after, so that starting and stopping
 * are seen too. Safe for use by many threads.
 */
public final class Operations implements AutoCloseable {

  private final Health health;
  private final PlatformMetrics metrics;
  private final AtomicReference<Supplier<LimitsReport>> limits;
  private final Optional<OpsServer> server;

  private Operations(
      Health health,
      PlatformMetrics metrics,
      AtomicReference<Supplier<LimitsReport>> limits,
      Optional<OpsServer> server) {
    this.health = health;
    this.metrics = metrics;
    this.limits = limits;
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
    AtomicReference<Supplier<LimitsReport>> limits = new AtomicReference<>();
    try {
      Optional<OpsServer> server =
          config.ops().enabled()
              ? Optional.of(
                  OpsServer.start(
                      config.ops(),
                      health,
                      metrics,
                      () -> Optional.ofNullable(limits.get()).map(Supplier::get),
                      info,
                      clock))
              : Optional.empty();
      return new Operations(health, metrics, limits, server);
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

  /** Where other instances and operators reach them, if they are served and that is known. */
  public Optional<URI> advertised() {
    return server.flatMap(OpsServer::advertised);
  }

  /** From now on tells what a platform does. */
  void tell(Supplier<LimitsReport> platform) {
    limits.set(platform);
  }

  @Override
  public void close() {
    server.ifPresent(OpsServer::close);
    metrics.close();
  }
}
