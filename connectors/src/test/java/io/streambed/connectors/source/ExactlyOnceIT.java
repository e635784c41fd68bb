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
import io.streambed.connectors.platform.Resharding;
import io.streambed.local.kafka.KafkaOptions;
import io.streambed.local.kafka.LocalKafka;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Through a split, a merge, kills of workers and a restart of the broker, a reader of committed
 * records sees each once, and those of a key in their order.
 *
 * <p>{@code -Dconnectors.records=100000 -Dconnectors.kills=10} make it the long run.
 */
@EnabledIf("io.streambed.connectors.platform.KinesisEmulator#available")
class ExactlyOnceIT {

  private static final Logger LOG = LoggerFactory.getLogger(ExactlyOnceIT.class);
  private static final int RECORDS = Integer.getInteger("connectors.records", 8_000);
  private static final int KILLS = Integer.getInteger("connectors.kills", 3);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofSeconds(5);

  /**
   * Where Connect gives up the start of a task because the worker that leads its cluster was
   * killed: it is not started again by itself.
   */
  private static final String UNFENCED = "DistributedHerder.lambda$fenceZombieSourceTasks";

  private static LocalKafka kafka;
  private static KinesisEmulator kinesis;
  private static ConnectWorker first;
  private static ConnectWorker second;

  @BeforeAll
  static void start() throws Exception {
    kafka = LocalKafka.start(KafkaOptions.ephemeral());
    kinesis = KinesisEmulator.start();
    first = ConnectWorker.start(kafka.bootstrapServers());
    second = ConnectWorker.start(kafka.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    second.close();
    first.close();
    kinesis.close();
    kafka.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"poll", "connector"})
  void eachRecordIsSeenOnceAndInOrder(String boundary) throws Exception {
    long seed = System.nanoTime();
    LOG.atInfo().addKeyValue("seed", seed).addKeyValue("boundary", boundary).log("begins");
    Random random = new Random(seed);
    String name = "numbered-" + boundary;
    try (CommittedTopic topic = CommittedTopic.create(kafka.bootstrapServers(), name, 3)) {
      // Given
      kinesis.createStream(name, 2);
      Resharding shards = new Resharding(kinesis, name);
      NumberedLoad load = new NumberedLoad(kinesis.client(), name, random);
      load.put(RECORDS / 10);
      first.rest().put(name, settings(name, boundary));
      topic.reach(1, LIMIT);

      // When
      int pieces = KILLS + 3;
      for (int i = 0; i < pieces; i++) {
        load.put(RECORDS * 9 / 10 / pieces);
        switch (i) {
          case 0 -> shards.split();
          case 1 -> shards.merge();
          case 2 -> kafka.restart();
          default -> {
            ConnectWorker victim = i % 2 == 0 ? first : second;
            victim.kill();
            load.put(RECORDS / 100);
            victim.restart();
          }
        }
        reach(topic, name, topic.count() + 1, LIMIT);
      }

      // Then
      reach(topic, name, load.count(), Duration.ofMinutes(3));
      load.assertSeen(topic.await(load.count(), Duration.ZERO));
      LOG.atInfo().addKeyValue("records", load.count()).log("seen once and in order");
    }
    first.rest().delete(name);
  }

  /** Reads until there are so many, or the time is over. */
  private static void reach(CommittedTopic topic, String name, int count, Duration within) {
    long end = System.nanoTime() + within.toNanos();
    while (topic.count() < count && System.nanoTime() < end) {
      topic.reach(count, LOOK);
      first.rest().restartFailed(name, UNFENCED);
    }
  }

  private static Map<String, String> settings(String name, String boundary) {
    Map<String, String> settings = new HashMap<>(kinesis.settings());
    settings.put("connector.class", KinesisSourceConnector.class.getName());
    settings.put("tasks.max", "2");
    settings.put("streams", name);
    settings.put("topic", name);
    settings.put("shards.refresh.ms", "1000");
    settings.put("topic.creation.default.partitions", "1");
    settings.put("topic.creation.default.replication.factor", "1");
    settings.put("poll.max.records", "200");
    settings.put("exactly.once.support", "required");
    settings.put("transaction.boundary", boundary);
    return settings;
  }
}
