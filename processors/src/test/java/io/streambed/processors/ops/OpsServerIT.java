/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.streambed.local.kafka.KafkaOptions;
import io.streambed.local.kafka.LocalKafka;
import io.streambed.processors.StreamsHealth;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpsServerIT {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final OpsConfig ANY_PORT = new OpsConfig(true, "127.0.0.1", 0, Optional.empty());

  private final HttpClient http = HttpClient.newHttpClient();
  private final Clock clock = Clock.fixed(START.plusSeconds(90), ZoneOffset.UTC);
  private final ServiceInfo info = new ServiceInfo("1.2.3", "app", "instance-1", START);
  private final Health health = new Health(clock);
  private final PlatformMetrics metrics = new PlatformMetrics(info);
  private final AtomicReference<Optional<LimitsReport>> limits =
      new AtomicReference<>(Optional.empty());
  private OpsServer server;

  @TempDir Path folder;

  @BeforeEach
  void start() {
    server = OpsServer.start(ANY_PORT, health, metrics, limits::get, info, clock);
  }

  @AfterEach
  void stop() {
    server.close();
    metrics.close();
    http.close();
  }

  @Test
  void itIsReadyWhileStreamsRunAndItsMetersAreServed() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(KafkaOptions.ephemeral());
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      // Given
      admin.createTopics(List.of(new NewTopic("in", 4, (short) 1))).all().get();
      try (KafkaStreams streams = streams(kafka)) {
        streams.setStateListener(new StreamsHealth(health));
        metrics.add(new KafkaStreamsMetrics(streams));
        HttpResponse<String> before = get("/health/ready");

        // When
        streams.start();

        // Then
        assertThat(before.statusCode()).isEqualTo(503);
        assertThat(before.body()).contains("it has not started yet");
        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(() -> assertThat(get("/health/ready").statusCode()).isEqualTo(200));
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() ->
                assertThat(get("/metrics").body())
                    .contains("kafka_consumer_fetch_manager_records_consumed_total{")
                    .contains("kafka_stream_thread_"));
        assertThat(get("/metrics").body().lines())
            .hasSizeLessThan(3_000)
            .noneMatch(line -> line.contains("task_id=") || line.contains("partition="));
      }

      // Then
      assertThat(get("/health/ready").body()).contains("it has stopped");
    }
  }

  @Test
  void everyMeterHasADescription() throws Exception {
    // When
    List<String> lines = get("/metrics").body().lines().toList();

    // Then
    assertThat(lines).anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"));
    assertThat(lines)
        .filteredOn(line -> line.startsWith("# TYPE "))
        .isNotEmpty()
        .allSatisfy(type -> assertThat(lines).anyMatch(line -> describes(line, type)));
  }

  @Test
  void metersComeInTheFormThatIsAskedFor() throws Exception {
    // Given
    HttpRequest request =
        HttpRequest.newBuilder(server.address().resolve("/metrics"))
            .header("Accept", "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;q=0.5")
            .build();

    // When
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());

    // Then
    assertThat(answer.headers().firstValue("content-type").orElse(""))
        .startsWith("application/openmetrics-text");
    assertThat(answer.body()).endsWith("# EOF\n");
    assertThat(get("/metrics").headers().firstValue("content-type").orElse(""))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
  }

  @Test
  void itSaysWhatIsRunning() throws Exception {
    // When
    HttpResponse<String> answer = get("/info");

    // Then
    JsonNode told = new ObjectMapper().readTree(answer.body());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(told.get("version").asText()).isEqualTo("1.2.3");
    assertThat(told.get("applicationId").asText()).isEqualTo("app");
    assertThat(told.get("instanceId").asText()).isEqualTo("instance-1");
    assertThat(told.get("uptimeSeconds").asLong()).isEqualTo(90);
  }

  @Test
  void limitsAreServedOnceThePlatformTellsThem() throws Exception {
    // Given
    HttpResponse<String> before = get("/limits");
    LimitsReport report =
        new LimitsReport(
            "app", "instance-1", 0.25, List.of("http://10.0.0.5:8090"), List.of(stoppedLane()));

    // When
    limits.set(Optional.of(report));

    // Then: what is read is what was told, whatever a later version adds
    assertThat(before.statusCode()).isEqualTo(503);
    assertThat(get("/limits").statusCode()).isEqualTo(200);
    String told = get("/limits").body();
    assertThat(LimitsReport.read(told)).contains(report);
    assertThat(LimitsReport.read(told.replaceFirst("\\{", "{\"later\":[1],"))).contains(report);
    assertThat(LimitsReport.read("<html>")).isEmpty();
  }

  @Test
  void whoIsReadySaysWhatItsLanesAreAbleToDoAndStaysReadyIfOneIsNot() throws Exception {
    // Given
    assertThat(get("/health/ready").body()).doesNotContain("lanes");

    // When
    limits.set(
        Optional.of(new LimitsReport("app", "instance-1", 1, List.of(), List.of(stoppedLane()))));

    // Then
    HttpResponse<String> answer = get("/health/ready");
    JsonNode lane = new ObjectMapper().readTree(answer.body()).get("lanes").get(0);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(lane.get("name").asText()).isEqualTo("m@r");
    assertThat(lane.get("condition").asText()).isEqualTo("stopped");
    assertThat(lane.get("breaker").asText()).isEqualTo("closed");
    assertThat(lane.get("reason").asText()).isEqualTo("access is denied");
    assertThat(get("/health/live").body()).doesNotContain("lanes");
  }

  private static LaneLimits stoppedLane() {
    return new LaneLimits(
        "m@r",
        "stopped",
        "closed",
        "2026-01-01T00:01:30Z",
        "access is denied",
        new LaneLimits.Quota(600L, null, null),
        0.5,
        12,
        new LaneLimits.Used(1, 2, 3, 4),
        5,
        6,
        7,
        8,
        9);
  }

  @Test
  void othersAreToldTheHostThatIsGiven() {
    // Given
    OpsConfig open = new OpsConfig(true, "0.0.0.0", 0, Optional.of("pod-1.streambed"));
    OpsConfig any = new OpsConfig(true, "0.0.0.0", 0, Optional.empty());

    // When // Then
    assertThat(server.advertised()).contains(server.address());
    try (OpsServer named = OpsServer.start(open, health, metrics, limits::get, info, clock)) {
      assertThat(named.advertised())
          .contains(URI.create("http://pod-1.streambed:" + named.address().getPort()));
    }
    try (OpsServer unnamed = OpsServer.start(any, health, metrics, limits::get, info, clock)) {
      assertThat(unnamed.advertised().orElseThrow().getHost()).isNotEqualTo("0.0.0.0");
    }
  }

  @Test
  void aTakenPortIsToldWithWhatToSet() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      // Given
      OpsConfig taken = new OpsConfig(true, "127.0.0.1", other.getLocalPort(), Optional.empty());

      // When // Then
      assertThatThrownBy(() -> OpsServer.start(taken, health, metrics, limits::get, info, clock))
          .isInstanceOf(OpsServerException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + other.getLocalPort())
          .hasMessageContaining("set ops.host and ops.port");
    }
  }

  @Test
  void anotherPathIsNotFound() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = server.address().resolve(path);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  /** Whether a line is the help of the meter whose type another line tells. */
  private static boolean describes(String help, String type) {
    String name = type.substring("# TYPE ".length(), type.lastIndexOf(' ') + 1);
    String start = "# HELP " + name;
    return help.startsWith(start) && !help.substring(start.length()).isBlank();
  }

  private KafkaStreams streams(LocalKafka kafka) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("in", Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .foreach((key, value) -> assertThat(value).isNotNull());
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "ops-it");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    return new KafkaStreams(builder.build(), settings);
  }
}
