/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import io.streambed.loadtests.process.Launch;
import io.streambed.loadtests.service.KinesisClientMain;
import io.streambed.loadtests.service.KinesisMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The programs of a {@link KinesisBench}: their names in figures, and how they are started. */
public final class KinesisPrograms {
  /** The worker. */
  public static final String WORKER = "connect";

  /** The bare client. */
  public static final String CLIENT = "bare-kinesis";

  /** The stand-in for Kinesis. */
  public static final String STAND_IN = "kinesis";

  private KinesisPrograms() {}

  /** The stand-in. */
  static Launch standIn() {
    return Launch.own(STAND_IN, "3g", KinesisMain.class, List.of());
  }

  /** The bare client of a stand-in. */
  static Launch client(String url, String region) {
    return Launch.own(
        CLIENT, "512m", KinesisClientMain.class, List.of("--endpoint", url, "--region", region));
  }

  /** A worker that has the plugins as users have them. */
  static Launch worker(Bench bench, URI rest, Path root) {
    return new Launch(
        WORKER,
        // Two sources and a sink, of two tasks each, with their default buffers; Kafka's own script
        // gives a worker 2 GiB.
        "1g",
        List.of(),
        System.getProperty("java.class.path"),
        "org.apache.kafka.connect.cli.ConnectDistributed",
        List.of(properties(bench, rest, plugins(root)).toString()),
        Map.of(),
        "");
  }

  private static Path plugins(Path root) {
    Path plugins = root.resolve("connectors/target/plugin");
    if (!Files.isDirectory(plugins)) {
      throw new BenchException("the connectors are not built; start with load-tests/run", null);
    }
    return plugins;
  }

  private static Path properties(Bench bench, URI rest, Path plugins) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", bench.endpoints().kafka());
    settings.put("group.id", "connect");
    settings.put("listeners", rest.toString());
    settings.put("plugin.path", plugins.toString());
    settings.put("plugin.discovery", "service_load");
    settings.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    settings.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    settings.put("exactly.once.source.support", "enabled");
    settings.put("consumer.isolation.level", "read_committed");
    // What a sink has committed tells how far it is.
    settings.put("offset.flush.interval.ms", "250");
    for (String kind : List.of("config", "offset", "status")) {
      settings.put(kind + ".storage.topic", "connect-" + kind);
      settings.put(kind + ".storage.replication.factor", "1");
    }
    Properties properties = new Properties();
    properties.putAll(settings);
    Path file = bench.data().resolve("worker.properties");
    try (var out = Files.newOutputStream(file)) {
      properties.store(out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
