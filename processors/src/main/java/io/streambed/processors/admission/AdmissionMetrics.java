/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.streambed.schemas.Operation;
import io.streambed.schemas.state.Failure;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what admission decides. One for the process. Safe for use by many threads. */
public final class AdmissionMetrics {

  private final MeterRegistry registry;
  private final AtomicLong waiting = new AtomicLong();

  public AdmissionMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("streambed.admission.waiting", waiting, AtomicLong::doubleValue)
        .description("Requests that wait for the schema registry")
        .baseUnit("requests")
        .register(registry);
  }

  void admitted(Operation operation) {
    Counter.builder("streambed.admission.admitted")
        .description("Requests that became jobs")
        .baseUnit("requests")
        .tag("operation", operation.name())
        .register(registry)
        .increment();
  }

  void rejected(Failure failure) {
    Counter.builder("streambed.admission.rejected")
        .description("Requests that became dead letters at once")
        .baseUnit("requests")
        .tag("code", failure.getCode().name())
        .tag("kind", failure.getKind().name())
        .register(registry)
        .increment();
  }

  /** So many more, or fewer, requests wait for the registry. */
  void waiting(long change) {
    waiting.addAndGet(change);
  }
}
