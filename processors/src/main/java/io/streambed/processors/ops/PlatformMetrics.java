/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * All meters of the process, those of the JVM and of Kafka's clients included, as Prometheus reads
 * them. Safe for use by many threads.
 */
public final class PlatformMetrics implements AutoCloseable {

  private static final String OPEN_METRICS = "application/openmetrics-text";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Deque<AutoCloseable> binders = new ArrayDeque<>();

  /**
   * @param info shown as a meter of its own
   */
  public PlatformMetrics(ServiceInfo info) {
    registry.config().meterFilter(MeterBounds.KAFKA_TOTALS).meterFilter(MeterBounds.ceiling());
    Gauge.builder("streambed.build.info", () -> 1)
        .description("Always 1; its labels say what is running.")
        .tag("version", info.version())
        .tag("java", Integer.toString(Runtime.version().feature()))
        .register(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    add(new JvmGcMetrics());
  }

  /** Where parts register their meters, each with a description. */
  public MeterRegistry registry() {
    return registry;
  }

  /**
   * Adds meters that somebody else brings and closes them in the end: those of Kafka Streams and
   * its clients, above all.
   */
  public synchronized <B extends MeterBinder & AutoCloseable> void add(B binder) {
    binder.bindTo(registry);
    binders.push(binder);
  }

  /** The content type for what a client accepts. */
  String contentType(Optional<String> accept) {
    return accept.filter(types -> types.contains(OPEN_METRICS)).isPresent()
        ? OPEN_METRICS + "; version=1.0.0; charset=utf-8"
        : "text/plain; version=0.0.4; charset=utf-8";
  }

  /** All meters as text. */
  String scrape(String contentType) {
    return registry.scrape(contentType);
  }

  /** Stops what watches others. */
  @Override
  public synchronized void close() {
    while (!binders.isEmpty()) {
      close(binders.pop());
    }
    registry.close();
  }

  private static void close(AutoCloseable binder) {
    try {
      binder.close();
    } catch (Exception e) {
      throw new IllegalStateException("a meter could not be closed", e);
    }
  }
}
