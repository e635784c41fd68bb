/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.kafka;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** One run of a broker, from start to stop. */
final class Broker {
  private final KafkaRaftServer server;

  private Broker(KafkaRaftServer server) {
    this.server = server;
  }

  /**
   * @throws BrokerStartException if the start fails or takes longer than its limit; then nothing is
   *     left running
   */
  static Broker start(int port, int controllerPort, Path data, KafkaOptions options) {
    ExitTrap.set();
    format(data);
    Properties properties = new Properties();
    properties.putAll(BrokerProperties.of(options.host(), port, controllerPort, data));
    properties.putAll(options.settings());
    Duration limit = options.startLimit();
    KafkaRaftServer server = server(properties);
    // A start that cannot succeed does not fail by itself but retries without end.
    FutureTask<Void> startup = new FutureTask<>(server::startup, null);
    Thread.ofPlatform().daemon().name("local-kafka-start").start(startup);
    try {
      startup.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return new Broker(server);
    } catch (ExecutionException e) {
      server.shutdown();
      throw new BrokerStartException("Kafka did not start", e.getCause());
    } catch (TimeoutException e) {
      startup.cancel(true);
      server.shutdown();
      throw new BrokerStartException("Kafka did not start within " + limit, e);
    } catch (InterruptedException e) {
      startup.cancel(true);
      server.shutdown();
      Thread.currentThread().interrupt();
      throw new BrokerStartException("interrupted while Kafka was starting", e);
    }
  }

  private static KafkaRaftServer server(Properties properties) {
    try {
      return new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    } catch (RuntimeException e) {
      // Two free ports that were looked for one after the other can be the same one.
      throw new BrokerStartException("Kafka refuses its configuration", e);
    }
  }

  /** Stops in order: data is flushed. */
  void stop() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(Path data) {
    if (Files.exists(data.resolve("meta.properties"))) {
      // Data of an earlier run: formatting anew would demand another cluster id.
      return;
    }
    Formatter formatter =
        new Formatter()
            .setClusterId(Uuid.randomUuid().toString())
            .setNodeId(BrokerProperties.NODE_ID)
            .addDirectory(data.toString())
            .setMetadataLogDirectory(data.toString())
            .setControllerListenerName(BrokerProperties.CONTROLLER)
            .setPrintStream(new PrintStream(OutputStream.nullOutputStream()));
    try {
      formatter.run();
    } catch (Exception e) {
      throw new BrokerStartException("Kafka's data folder could not be prepared: " + data, e);
    }
  }
}
