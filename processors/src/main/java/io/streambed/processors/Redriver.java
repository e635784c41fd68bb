/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.micrometer.core.instrument.MeterRegistry;
import io.streambed.processors.config.StreambedConfig;
import io.streambed.processors.redrive.Redriving;
import io.streambed.processors.redrive.Rule;
import io.streambed.processors.redrive.WayBack;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.Redrive;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.AvroDeserializer;
import io.streambed.schemas.serdes.AvroEncoder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rule at work by which the platform redrives, on a thread of its own. It is no part of
 * the topology: it waits for minutes, and what it reads the topology has written.
 */
final class Redriver implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Redriver.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final StreambedConfig config;
  private final SchemaRegistryClient registry;
  private final AvroEncoder encoder;
  private final int maxBytes;
  private final MeterRegistry meters;
  private final InstantSource clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicReference<@Nullable RedriveSession> session = new AtomicReference<>();
  private final Thread thread;

  /**
   * @param maxBytes of a record that topics of requests take and our producers send
   * @param clock the wall clock
   */
  Redriver(
      StreambedConfig config,
      SchemaRegistryClient registry,
      AvroEncoder encoder,
      int maxBytes,
      MeterRegistry meters,
      InstantSource clock) {
    this.config = config;
    this.registry = registry;
    this.encoder = encoder;
    this.maxBytes = maxBytes;
    this.meters = meters;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("streambed-redrive").unstarted(this::run);
  }

  /** Begins, where the settings say so. */
  void start() {
    if (config.redrive().enabled()) {
      thread.start();
    }
  }

  private void run() {
    try {
      while (closing.getCount() > 0) {
        try (RedriveSession opened = open()) {
          session.set(opened);
          if (closing.getCount() > 0) {
            opened.work();
          }
        } catch (WakeupException e) {
          return;
        } catch (RuntimeException e) {
          // Whatever it is: what had not committed is undone, and another session does it.
          LOG.atWarn()
              .addKeyValue("failure", e.getClass().getName())
              .log("dead letters cannot be redriven for now");
          if (closing.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RedriveSession open() {
    encoder.prepare(config.topics().redrives(), Redrive.getClassSchema()).join();
    return new RedriveSession(
        config,
        new Rule(
            new Redriving(Rule.RUN, config.redrive().most()),
            new WayBack(config.topics()),
            config.redrive().delay(),
            maxBytes),
        RedriveClients.of(config.kafka(), maxBytes),
        encoder,
        new AvroDeserializer<>(registry, DeadLetter.class),
        new HandRedrives(config.kafka(), registry, config.topics().redrives()),
        clock,
        this::told);
  }

  private void told(String outcome, int requests) {
    meters.counter("streambed.redrives", "outcome", outcome).increment(requests);
  }

  @Override
  public void close() {
    closing.countDown();
    RedriveSession running = session.get();
    if (running != null) {
      running.wakeup();
    }
    try {
      if (thread.isAlive()) {
        thread.join(PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
