/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import org.junit.jupiter.api.Assumptions;
import org.testcontainers.kafka.KafkaContainer;

/** A broker in a container of its own, for the length of one test. Needs a container engine. */
final class ContainerBroker implements TestBroker {
  private final KafkaContainer container =
      new KafkaContainer("apache/kafka:4.3.1")
          .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
          .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000")
          .withEnv("KAFKA_TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS", "500");

  ContainerBroker() {
    container.start();
  }

  @Override
  public String bootstrapServers() {
    return container.getBootstrapServers();
  }

  @Override
  public void restart() {
    Assumptions.abort("a container that is started again has another port");
  }

  @Override
  public void close() {
    container.close();
  }
}
