/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local;

import io.streambed.local.bedrock.LocalBedrock;
import io.streambed.local.kafka.LocalKafka;
import io.streambed.local.registry.LocalRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A Kafka broker, a schema registry and a stand-in for Amazon Bedrock in this JVM. Safe to use from
 * any thread.
 */
public final class Local implements AutoCloseable {
  private final LocalKafka kafka;
  private final LocalRegistry registry;
  private final LocalBedrock bedrock;

  private Local(LocalKafka kafka, LocalRegistry registry, LocalBedrock bedrock) {
    this.kafka = kafka;
    this.registry = registry;
    this.bedrock = bedrock;
  }

  /**
   * Starts all three together; they serve clients when this returns.
   *
   * @throws io.streambed.local.port.PortTakenException if a port is taken; then nothing is left
   *     running
   */
  public static Local start(LocalOptions options) {
    CompletableFuture<LocalKafka> kafka =
        CompletableFuture.supplyAsync(() -> LocalKafka.start(options.kafka()));
    CompletableFuture<LocalRegistry> registry =
        CompletableFuture.supplyAsync(() -> LocalRegistry.start(options.registry()));
    CompletableFuture<LocalBedrock> bedrock =
        CompletableFuture.supplyAsync(() -> LocalBedrock.start(options.bedrock()));
    try {
      CompletableFuture.allOf(kafka, registry, bedrock).join();
      return new Local(kafka.join(), registry.join(), bedrock.join());
    } catch (CompletionException e) {
      closeIfStarted(kafka);
      closeIfStarted(registry);
      closeIfStarted(bedrock);
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static void closeIfStarted(CompletableFuture<? extends AutoCloseable> service) {
    service.thenAccept(started -> {
      try {
        started.close();
      } catch (Exception e) {
        // The reason why the start failed is told; this one would hide it.
      }
    });
  }

  /** The broker. */
  public LocalKafka kafka() {
    return kafka;
  }

  /** The registry. */
  public LocalRegistry registry() {
    return registry;
  }

  /** The stand-in for Bedrock. */
  public LocalBedrock bedrock() {
    return bedrock;
  }

  /** Stops all three; temporary data are deleted. */
  @Override
  public void close() {
    bedrock.close();
    registry.close();
    kafka.close();
  }
}
