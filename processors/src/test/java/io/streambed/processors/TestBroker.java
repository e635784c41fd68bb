/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.streambed.local.Local;

/**
 * The broker of an integration test: the one of {@code local} in this JVM, or one in a container
 * where {@code -Dstreambed.it.kafka=testcontainers} asks for it.
 */
interface TestBroker extends AutoCloseable {

  /** Where clients begin. */
  String bootstrapServers();

  /** Stops it and starts it again at the same address. */
  void restart() throws Exception;

  @Override
  void close();

  /** The broker that the property asks for. */
  static TestBroker beside(Local local) {
    String kind = System.getProperty("streambed.it.kafka", "local");
    return switch (kind) {
      case "local" -> new Embedded(local);
      case "testcontainers" -> new ContainerBroker();
      default ->
          throw new IllegalArgumentException(
              "streambed.it.kafka is '" + kind + "'; use local or testcontainers");
    };
  }

  /**
   * The broker of {@code local}.
   *
   * @param local closes its broker itself
   */
  record Embedded(Local local) implements TestBroker {
    @Override
    public String bootstrapServers() {
      return local.kafka().bootstrapServers();
    }

    @Override
    public void restart() throws Exception {
      local.kafka().restart();
    }

    @Override
    public void close() {}
  }
}
