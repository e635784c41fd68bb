/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.process.Launch;
import io.streambed.loadtests.service.KinesisClientMain;
import io.streambed.local.port.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An emulator of Kinesis, the bare AWS client, and a Kafka Connect worker with the connectors, each
 * a process of its own beside those of a {@link Bench}, with which they end.
 */
public final class KinesisBench implements AutoCloseable {
  /** Name of the worker's process in figures. */
  public static final String WORKER = "connect";

  /** Name of the bare client's process in figures. */
  public static final String CLIENT = "bare-kinesis";

  /** Name of the emulator's process in figures. */
  public static final String EMULATOR = "kinesis-emulator";

  private static final String HOST = "127.0.0.1";
  private static final String REGION = "eu-central-1";
  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI emulator;
  private final URI rest;
  private final Child client;

  private KinesisBench(URI emulator, URI rest, Child client) {
    this.emulator = emulator;
    this.rest = rest;
    this.client = client;
  }

  /** Whether the emulator and the plugins were built and installed. */
  public static boolean isThere(Path root) {
    return Files.isRegularFile(emulatorFolder(root).resolve("main.js"))
        && Files.isDirectory(plugins(root).resolve("streambed-connectors"));
  }

  /** Starts all three. */
  public static KinesisBench start(Bench bench, Path root) {
    int port = Ports.free(HOST);
    bench.begin(
        Launch.program(
            EMULATOR,
            // It looks for its files where it is started.
            List.of("sh", "-c", "cd \"$0\" && exec node main.js", emulatorFolder(root).toString()),
            Map.of(
                "KINESIS_MOCK_PLAIN_PORT",
                "" + port,
                "KINESIS_MOCK_TLS_PORT",
                "" + Ports.free(HOST),
                "LOG_LEVEL",
                "ERROR",
                "SHARD_LIMIT",
                "100",
                "CREATE_STREAM_DURATION",
                "100ms",
                "AWS_REGION",
                REGION)));
    URI emulator = URI.create("http://" + HOST + ":" + port);
    URI rest = URI.create("http://" + HOST + ":" + Ports.free(HOST));
    bench.begin(
        new Launch(
            WORKER,
            "512m",
            List.of(),
            System.getProperty("java.class.path"),
            "org.apache.kafka.connect.cli.ConnectDistributed",
            List.of(worker(bench, rest, plugins(root)).toString()),
            Map.of(),
            ""));
    Child client =
        bench.begin(
            Launch.own(
                CLIENT,
                "512m",
                KinesisClientMain.class,
                List.of("--endpoint", emulator.toString(), "--region", REGION)));
    client.awaitReady(LIMIT);
    KinesisBench started = new KinesisBench(emulator, rest, client);
    started.awaitAnswer(emulator.resolve("/healthcheck"));
    started.awaitAnswer(rest.resolve("/connectors"));
    return started;
  }

  private static Path emulatorFolder(Path root) {
    return root.resolve("connectors/target/kinesis-local/node_modules/kinesis-local");
  }

  private static Path plugins(Path root) {
    return root.resolve("connectors/target/plugin");
  }

  private static Path worker(Bench bench, URI rest, Path plugins) {
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

  /** What the bare client did: how many records, how many of them different, in which time. */
  public record Moved(long records, int distinct, double seconds) {}

  /** Makes a stream. */
  public void create(String stream, int shards) {
    client.ask("create %s %d".formatted(stream, shards), LIMIT);
  }

  /** Has the bare client put numbered records. */
  public Moved put(String stream, int count, int bytes) {
    return moved(client.ask("put %s %d %d".formatted(stream, count, bytes), LIMIT));
  }

  /** Has the bare client read a stream until it has seen so many different records. */
  public Moved get(String stream, int count) {
    return moved(client.ask("get %s %d".formatted(stream, count), LIMIT));
  }

  private static Moved moved(String answer) {
    try {
      return JSON.readValue(answer, Moved.class);
    } catch (JsonProcessingException e) {
      throw new BenchException("the bare client answers " + answer, e);
    }
  }

  /** Starts a connector; what it needs to find the emulator is added. */
  public void run(String name, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("aws.endpoint", emulator.toString());
    all.put("aws.region", REGION);
    all.put("aws.access.key.id", "AKIDEXAMPLE");
    all.put("aws.secret.access.key", "key");
    all.put("topic.creation.default.partitions", "4");
    all.put("topic.creation.default.replication.factor", "1");
    send("PUT", "/connectors/" + name + "/config", JSON.valueToTree(all));
  }

  /** Ends a connector. */
  public void end(String name) {
    send("DELETE", "/connectors/" + name, JSON.nullNode());
  }

  private void send(String method, String path, JsonNode body) {
    HttpRequest request =
        HttpRequest.newBuilder(rest.resolve(path))
            .header("Content-Type", "application/json")
            .timeout(LIMIT)
            .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    HttpResponse<String> response = exchange(request);
    if (response.statusCode() / 100 != 2) {
      throw new BenchException("the worker refuses " + path + ": " + response.body(), null);
    }
  }

  private void awaitAnswer(URI url) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      try {
        HttpRequest request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(10)).build();
        http.send(request, BodyHandlers.discarding());
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw new BenchException("nothing answers at " + url, e);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BenchException("interrupted", e);
      }
    }
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new BenchException("the worker does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
