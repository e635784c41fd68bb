/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import io.streambed.connectors.platform.CommittedTopic;
import io.streambed.connectors.platform.ConnectWorker;
import io.streambed.connectors.platform.KinesisEmulator;
import io.streambed.local.kafka.KafkaOptions;
import io.streambed.local.kafka.LocalKafka;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * Through a split, a merge, kills of workers and a restart of the broker, a reader of committed
 * records sees each once, and those of a key in their order.
 *
 * <p>{@code -Dconnectors.records=100000 -Dconnectors.kills=10} make it the long run.
 */
@EnabledIf("io.streambed.connectors.platform.KinesisEmulator#available")
class ExactlyOnceIT {

  private static final Logger LOG = LoggerFactory.getLogger(ExactlyOnceIT.class);
  private static final int RECORDS = Integer.getInteger("connectors.records", 12_000);
  private static final int KILLS = Integer.getInteger("connectors.kills", 3);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String STREAM = "numbered";
  private static final String TOPIC = "numbered";

  @ParameterizedTest
  @ValueSource(strings = {"poll", "connector"})
  void eachRecordIsSeenOnceAndInOrder(String boundary) throws Exception {
    long seed = System.nanoTime();
    LOG.atInfo().addKeyValue("seed", seed).addKeyValue("boundary", boundary).log("begins");
    Random random = new Random(seed);
    try (LocalKafka kafka = LocalKafka.start(KafkaOptions.ephemeral());
        KinesisEmulator kinesis = KinesisEmulator.start();
        ConnectWorker first = ConnectWorker.start(kafka.bootstrapServers());
        ConnectWorker second = ConnectWorker.start(kafka.bootstrapServers());
        CommittedTopic topic = CommittedTopic.create(kafka.bootstrapServers(), TOPIC, 3)) {
      // Given
      kinesis.createStream(STREAM, 2);
      NumberedLoad load = new NumberedLoad(kinesis.client(), STREAM, random);
      load.put(RECORDS / 10);
      first.rest().put("source", settings(kinesis, boundary));
      topic.reach(1, LIMIT);

      // When
      int pieces = KILLS + 3;
      for (int i = 0; i < pieces; i++) {
        load.put(RECORDS * 9 / 10 / pieces);
        switch (i) {
          case 0 -> split(kinesis);
          case 1 -> merge(kinesis);
          case 2 -> kafka.restart();
          default -> {
            ConnectWorker victim = i % 2 == 0 ? first : second;
            victim.kill();
            load.put(RECORDS / 100);
            victim.restart();
          }
        }
        topic.reach(topic.count() + 1, LIMIT);
      }

      // Then
      load.assertSeen(topic.await(load.count(), Duration.ofMinutes(3)));
      LOG.atInfo().addKeyValue("records", load.count()).log("seen once and in order");
    }
  }

  private static Map<String, String> settings(KinesisEmulator kinesis, String boundary) {
    Map<String, String> settings = new HashMap<>(kinesis.settings());
    settings.put("connector.class", KinesisSourceConnector.class.getName());
    settings.put("tasks.max", "2");
    settings.put("streams", STREAM);
    settings.put("topic", TOPIC);
    settings.put("shards.refresh.ms", "1000");
    settings.put("topic.creation.default.partitions", "1");
    settings.put("topic.creation.default.replication.factor", "1");
    settings.put("poll.max.records", "200");
    settings.put("exactly.once.support", "required");
    settings.put("transaction.boundary", boundary);
    return settings;
  }

  private static void split(KinesisEmulator kinesis) {
    KinesisClient client = kinesis.client();
    Shard shard = open(client).getFirst();
    String middle =
        ShardInfo.keys(shard.hashKeyRange())
            .from()
            .add(ShardInfo.keys(shard.hashKeyRange()).to())
            .shiftRight(1)
            .toString();
    client.splitShard(request ->
        request.streamName(STREAM).shardToSplit(shard.shardId()).newStartingHashKey(middle));
    kinesis.awaitActive(STREAM);
  }

  /** The first two in the order of their hash keys: neighbours, of different parents or of one. */
  private static void merge(KinesisEmulator kinesis) {
    KinesisClient client = kinesis.client();
    List<Shard> open = open(client);
    client.mergeShards(request ->
        request
            .streamName(STREAM)
            .shardToMerge(open.get(1).shardId())
            .adjacentShardToMerge(open.get(2).shardId()));
    kinesis.awaitActive(STREAM);
  }

  private static List<Shard> open(KinesisClient client) {
    return client.listShards(request -> request.streamName(STREAM)).shards().stream()
        .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
        .sorted(
            java.util.Comparator.comparing(shard -> ShardInfo.keys(shard.hashKeyRange()).from()))
        .toList();
  }
}
