/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.kafka;

import io.streambed.local.port.PortTakenException;
import io.streambed.local.port.Ports;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker (KRaft, one node) in this JVM. It can be stopped and started again on the
 * same port with the same data. Safe to use from any thread.
 */
public final class LocalKafka implements AutoCloseable {
  /** Command-line flag that chooses the port. */
  public static final String PORT_FLAG = "--kafka-port";

  private static final int ATTEMPTS = 5;

  private final KafkaOptions options;
  private final DataFolder data;
  private int port;
  private @Nullable Broker broker;

  private LocalKafka(KafkaOptions options, DataFolder data) {
    this.options = options;
    this.data = data;
    this.port = options.port();
  }

  /**
   * Starts a broker; it serves clients when this returns.
   *
   * @throws PortTakenException if a port was asked for and is taken
   * @throws BrokerStartException if the broker cannot start
   */
  public static LocalKafka start(KafkaOptions options) {
    LocalKafka kafka = new LocalKafka(options, DataFolder.open(options.dataDir()));
    try {
      kafka.restart();
      return kafka;
    } catch (RuntimeException e) {
      kafka.data.discard();
      throw e;
    }
  }

  /** Host and port for clients. Stays the same over stop and restart. */
  public synchronized String bootstrapServers() {
    return options.host() + ":" + port;
  }

  /** Stops the broker in order and keeps its data. Nothing happens if it is stopped. */
  public synchronized void stop() {
    if (broker != null) {
      broker.stop();
      broker = null;
    }
  }

  /**
   * Stops the broker if it runs, and starts it on the same port with the same data.
   *
   * @throws PortTakenException if the port was taken meanwhile
   */
  public synchronized void restart() {
    stop();
    for (int attempt = 1; broker == null; attempt++) {
      int clients = port == 0 ? Ports.free(options.host()) : port;
      if (port != 0 && !Ports.isFree(options.host(), port)) {
        throw new PortTakenException("Kafka", options.host(), port, PORT_FLAG);
      }
      try {
        broker = Broker.start(clients, Ports.free(options.host()), data.path(), options);
        port = clients;
      } catch (BrokerStartException e) {
        // A port that was free when we looked may have been taken since: look again.
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Stops the broker, and deletes its data if they are temporary. */
  @Override
  public synchronized void close() {
    stop();
    data.discard();
  }
}
