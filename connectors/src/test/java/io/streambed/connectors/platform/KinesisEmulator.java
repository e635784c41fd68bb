/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streambed.connectors.aws.AwsConfig;
import io.streambed.local.port.Ports;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * A stand-in for Kinesis (the npm package kinesis-local) in a process of its own, on free ports.
 * What it holds is in memory and ends with it. Threads: any.
 */
public final class KinesisEmulator implements AutoCloseable {

  /** Why tests that need it are skipped. */
  public static final String WHY_NOT =
      "there is no node, or no kinesis-local; install node and npm, and run etc/kinesis-local";

  /** Where its streams are. */
  public static final Region REGION = Region.EU_CENTRAL_1;

  private static final Logger LOG = LoggerFactory.getLogger(KinesisEmulator.class);
  private static final HttpClient PROBE =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final String KEY_ID = "AKIDEXAMPLE";
  private static final String SECRET = "secret";
  private static final String HOST = "127.0.0.1";
  private static final Path HOME =
      Path.of(
              System.getProperty(
                  "kinesis.local.home",
                  Path.of("target", "kinesis-local", "node_modules", "kinesis-local").toString()))
          .toAbsolutePath();

  /** It answers after about 2 s on two free cores. */
  private static final Duration START_LIMIT = Duration.ofMinutes(1);

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration PIECE = Duration.ofMillis(50);

  /** How long AWS takes over a stream's changes; half a second each, unless told. */
  private static final String CHANGES_TAKE = "100ms";

  private static final List<String> CHANGES =
      List.of(
          "CREATE_STREAM_DURATION",
          "DELETE_STREAM_DURATION",
          "SPLIT_SHARD_DURATION",
          "MERGE_SHARDS_DURATION",
          "UPDATE_SHARD_COUNT_DURATION",
          "REGISTER_STREAM_CONSUMER_DURATION",
          "DEREGISTER_STREAM_CONSUMER_DURATION");

  private final ChildProcess process;
  private final URI url;
  private final SdkHttpClient http;
  private final SdkAsyncHttpClient asyncHttp;
  private final KinesisClient client;
  private final KinesisAsyncClient asyncClient;

  private KinesisEmulator(ChildProcess process, URI url) {
    this.process = process;
    this.url = url;
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY_ID, SECRET));
    this.http = UrlConnectionHttpClient.create();
    // The asynchronous client speaks HTTP/2 unless it is given a transport that is built already.
    this.asyncHttp = NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1).build();
    this.client =
        KinesisClient.builder()
            .endpointOverride(url)
            .region(REGION)
            .credentialsProvider(credentials)
            .httpClient(http)
            .build();
    this.asyncClient =
        KinesisAsyncClient.builder()
            .endpointOverride(url)
            .region(REGION)
            .credentialsProvider(credentials)
            .httpClient(asyncHttp)
            .build();
  }

  /** Whether it can be started here; says aloud if not. For JUnit's {@code EnabledIf}. */
  public static boolean available() {
    boolean there = Files.isRegularFile(HOME.resolve("main.js")) && hasNode();
    if (!there) {
      LOG.atWarn()
          .addKeyValue("folder", HOME)
          .addKeyValue("why", WHY_NOT)
          .log("KINESIS IS NOT TESTED");
    }
    return there;
  }

  /** Starts one; it serves clients when this returns. */
  public static KinesisEmulator start() throws IOException {
    int port = Ports.free(HOST);
    Map<String, String> environment = new HashMap<>();
    environment.put("KINESIS_MOCK_PLAIN_PORT", Integer.toString(port));
    environment.put("KINESIS_MOCK_TLS_PORT", Integer.toString(Ports.free(HOST)));
    environment.put("SHARD_LIMIT", "200");
    environment.put("LOG_LEVEL", "ERROR");
    environment.put("AWS_REGION", REGION.id());
    CHANGES.forEach(change -> environment.put(change, CHANGES_TAKE));
    Path output =
        Files.createTempFile(Files.createDirectories(Path.of("target")), "kinesis-", ".log");
    ChildProcess process =
        ChildProcess.start(HOME, output.toAbsolutePath(), List.of("node", "main.js"), environment);
    URI url = URI.create("http://" + HOST + ":" + port);
    try {
      await().atMost(START_LIMIT).pollInterval(PIECE).until(() -> answers(process, url));
    } catch (RuntimeException | AssertionError e) {
      process.kill();
      throw e;
    }
    return new KinesisEmulator(process, url);
  }

  /** Its base address, over plain HTTP. */
  public URI url() {
    return url;
  }

  /** What a connector's configuration needs to reach it, under the names of {@link AwsConfig}. */
  public Map<String, String> settings() {
    return Map.of(
        AwsConfig.ENDPOINT,
        url.toString(),
        AwsConfig.REGION,
        REGION.id(),
        AwsConfig.KEY_ID,
        KEY_ID,
        AwsConfig.SECRET,
        SECRET);
  }

  /** AWS' own blocking client; it ends with this. */
  public KinesisClient client() {
    return client;
  }

  /** AWS' own asynchronous client, over HTTP/1.1; it ends with this. */
  public KinesisAsyncClient asyncClient() {
    return asyncClient;
  }

  /** Makes a stream, and waits until it can be used. */
  public void createStream(String name, int shards) {
    client.createStream(request -> request.streamName(name).shardCount(shards));
    awaitActive(name);
  }

  /** Waits until a stream can be used, after it was made or changed. */
  public void awaitActive(String name) {
    // AWS' own waiter looks every ten seconds.
    await()
        .atMost(LIMIT)
        .pollInterval(PIECE)
        .until(
            () ->
                client
                    .describeStreamSummary(request -> request.streamName(name))
                    .streamDescriptionSummary()
                    .streamStatus(),
            StreamStatus.ACTIVE::equals);
  }

  /** Ends it; what it holds is lost. */
  @Override
  public void close() {
    client.close();
    asyncClient.close();
    http.close();
    asyncHttp.close();
    process.kill();
  }

  private static boolean hasNode() {
    String path = System.getenv("PATH");
    return path != null
        && Stream.of(path.split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
  }

  /** Any answer will do: that port then belongs to a server that works. */
  private static boolean answers(ChildProcess process, URI url) throws InterruptedException {
    assertThat(process.isAlive())
        .as(() -> "kinesis-local runs; it says: " + process.said())
        .isTrue();
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/healthcheck")).timeout(LIMIT).build();
    try {
      return PROBE.send(request, BodyHandlers.discarding()).statusCode() > 0;
    } catch (IOException e) {
      return false;
    }
  }
}
