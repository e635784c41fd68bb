/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streambed.connectors.sink.KinesisSinkConnector;
import io.streambed.connectors.source.KinesisSourceConnector;
import io.streambed.local.kafka.KafkaOptions;
import io.streambed.local.kafka.LocalKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** What a worker tells of both connectors by JMX, under the names that the README gives. */
@EnabledIf(
    value = "io.streambed.connectors.platform.KinesisEmulator#available",
    disabledReason = KinesisEmulator.WHY_NOT)
class MetricsIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String SOURCE = "metered-source";
  private static final String SINK = "metered-sink";
  private static final String IN = "metered-in";
  private static final String OUT = "metered-out";
  private static final String TOPIC = "metered";
  private static final int RECORDS = 50;

  private static LocalKafka kafka;
  private static KinesisEmulator kinesis;
  private static ConnectWorker worker;

  @BeforeAll
  static void start() throws Exception {
    kafka = LocalKafka.start(KafkaOptions.ephemeral());
    kinesis = KinesisEmulator.start();
    worker = ConnectWorker.start(kafka.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    worker.close();
    kinesis.close();
    kafka.close();
  }

  @Test
  void aWorkerTellsHowFarSourceAndSinkAreUnderTheNamesOfTheReadme() throws Exception {
    // Given: a backlog of older and newer records
    kinesis.createStream(IN, 2);
    kinesis.createStream(OUT, 1);
    Map<String, Integer> byShard = put();
    Thread.sleep(1_000);
    put().forEach((shard, count) -> byShard.merge(shard, count, Integer::sum));
    assertThat(byShard).as("records by shard").hasSize(2);

    WorkerBeans beans = worker.beans();

    // When: it is read slowly
    worker.rest().put(SOURCE, source());
    worker.rest().put(SINK, sink());

    // Then: the lag is told, and falls to none
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(beans.plugins(SOURCE).keySet())
                .hasSize(2)
                .anySatisfy(shard ->
                    assertThat(number(beans, SOURCE, shard, "behind-ms")).isGreaterThan(500)));
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          for (Map.Entry<String, Integer> records : byShard.entrySet()) {
            String shard =
                "kafka.connect:type=plugins,connector=%s,task=0,stream=%s,shard=%s"
                    .formatted(SOURCE, IN, records.getKey());
            assertThat(number(beans, SOURCE, shard, "records-total"))
                .isEqualTo((double) records.getValue());
            assertThat(number(beans, SOURCE, shard, "bytes-total")).isPositive();
            assertThat(number(beans, SOURCE, shard, "behind-ms")).isZero();
            assertThat(number(beans, SOURCE, shard, "throttled-total")).isZero();
          }
        });
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          String task = "kafka.connect:type=plugins,connector=%s,task=0".formatted(SINK);
          String stream = task + ",stream=" + OUT;
          String shard = stream + ",shard=shardId-000000000000";
          assertThat(beans.plugins(SINK)).containsOnlyKeys(task, stream, shard);
          assertThat(number(beans, SINK, task, "behind-ms")).isZero();
          assertThat(number(beans, SINK, shard, "shard-records-total")).isEqualTo(2.0 * RECORDS);
          assertThat(number(beans, SINK, stream, "records-sent-total")).isEqualTo(2.0 * RECORDS);
          assertThat(number(beans, SINK, stream, "bytes-sent-total")).isPositive();
          assertThat(number(beans, SINK, stream, "records-in-flight")).isZero();
        });
    assertThat(beans.descriptions(SOURCE)).isEqualTo(documented("source-metrics"));
    assertThat(beans.descriptions(SINK)).isEqualTo(documented("sink-metrics"));
  }

  /** Puts some records; gives how many came to each shard. */
  private static Map<String, Integer> put() {
    Map<String, Integer> byShard = new HashMap<>();
    kinesis
        .client()
        .putRecords(request ->
            request
                .streamName(IN)
                .records(
                    IntStream.range(0, RECORDS)
                        .mapToObj(n ->
                            PutRecordsRequestEntry.builder()
                                .partitionKey("k" + n)
                                .data(SdkBytes.fromUtf8String("\"record " + n + "\""))
                                .build())
                        .toList()))
        .records()
        .forEach(put -> byShard.merge(put.shardId(), 1, Integer::sum));
    return byShard;
  }

  private static Map<String, String> source() {
    Map<String, String> settings = new HashMap<>(kinesis.settings());
    settings.put("connector.class", KinesisSourceConnector.class.getName());
    settings.put("tasks.max", "1");
    settings.put("streams", IN);
    settings.put("topic", TOPIC);
    settings.put("read.max.records", "3");
    settings.put("topic.creation.default.partitions", "1");
    settings.put("topic.creation.default.replication.factor", "1");
    return settings;
  }

  private static Map<String, String> sink() {
    Map<String, String> settings = new HashMap<>(kinesis.settings());
    settings.put("connector.class", KinesisSinkConnector.class.getName());
    settings.put("tasks.max", "1");
    settings.put("topics", TOPIC);
    settings.put("stream", OUT);
    settings.put("consumer.override.metadata.max.age.ms", "1000");
    return settings;
  }

  /** An attribute's value; not a number if there is none. */
  private static double number(WorkerBeans beans, String connector, String bean, String attribute)
      throws Exception {
    Object value = beans.plugins(connector).getOrDefault(bean, Map.of()).get(attribute);
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** Rows of a table of the README: a name and its meaning. */
  private static Map<String, String> documented(String table) throws Exception {
    String page = Files.readString(Path.of("README.md"));
    String begin = "<!-- " + table + ":begin -->";
    String rows = page.substring(page.indexOf(begin), page.indexOf("<!-- " + table + ":end -->"));
    Map<String, String> documented = new HashMap<>();
    Matcher row = Pattern.compile("(?m)^\\| `([^`]+)` \\| (.+) \\|$").matcher(rows);
    while (row.find()) {
      documented.put(row.group(1), row.group(2));
    }
    return documented;
  }
}
