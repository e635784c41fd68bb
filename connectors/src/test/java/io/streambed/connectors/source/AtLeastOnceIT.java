/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import static org.awaitility.Awaitility.await;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The source on a worker that does not support exactly once. */
@EnabledIf("io.streambed.connectors.platform.KinesisEmulator#available")
class AtLeastOnceIT {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String NAME = "repeated";
  private static final int PIECE = 500;

  @Test
  void throughASplitAndAKillNoRecordIsLostAndNoneOvertakesAnotherOfItsKey() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(KafkaOptions.ephemeral());
        KinesisEmulator kinesis = KinesisEmulator.start();
        ConnectWorker worker =
            ConnectWorker.start(
                kafka.bootstrapServers(), Map.of("exactly.once.source.support", "disabled"));
        CommittedTopic topic = CommittedTopic.create(kafka.bootstrapServers(), NAME, 2)) {
      // Given: a source that has stored how far it is
      kinesis.createStream(NAME, 2);
      NumberedLoad load = new NumberedLoad(kinesis.client(), NAME, new Random(5));
      load.put(PIECE);
      worker.rest().put(NAME, settings(kinesis));
      await().atMost(LIMIT).until(() -> !worker.rest().offsets(NAME).path("offsets").isEmpty());

      // When: it goes on, and is killed in the midst of it
      new Resharding(kinesis, NAME).split();
      load.put(PIECE);
      topic.reach(topic.count() + PIECE / 5, LIMIT);
      worker.kill();
      load.put(PIECE);
      worker.restart();

      // Then
      await().atMost(LIMIT).until(() -> load.seen(topic.poll()) == load.count());
      load.assertSeenAtLeastOnce(topic.poll());
    }
  }

  private static Map<String, String> settings(KinesisEmulator kinesis) {
    Map<String, String> settings = new HashMap<>(kinesis.settings());
    settings.put("connector.class", KinesisSourceConnector.class.getName());
    settings.put("tasks.max", "2");
    settings.put("streams", NAME);
    settings.put("shards.refresh.ms", "1000");
    settings.put("read.max.records", "50");
    settings.put("topic.creation.default.partitions", "1");
    settings.put("topic.creation.default.replication.factor", "1");
    return settings;
  }
}
