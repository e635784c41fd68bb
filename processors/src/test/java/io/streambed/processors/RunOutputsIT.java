/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.replay.ReplayHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where what is said of replayed requests goes. */
class RunOutputsIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void aReplayedRequestIsSettledWhereItsRunSaysAndNowhereElse() throws Exception {
    try (TestPlatform platform = TestPlatform.start(Map.of())) {
      // Given
      create(platform, "replay-r-results", "replay-r-letters");
      platform.publish(Requests.prompt("q", "sonnet", "Why?"));
      platform.await(1, SOON);
      int calls = platform.ledger().calls().size();

      // When: the same again, something new, something that is refused, and in another run the
      // same without cache
      replay(platform, Requests.prompt("q", "sonnet", "Why?"), "replay-r-results");
      replay(platform, Requests.prompt("new", "sonnet", "How?"), "replay-r-results");
      replay(platform, Requests.prompt("bad", "nobody", "How?"), "replay-r-results");
      replay(platform, Requests.prompt("q", "Why?", CachePolicy.BYPASS), "replay-r-results", "r2");

      // Then: equal work is done once, the run's settlements are its own, and nobody else sees them
      List<ConsumerRecord<byte[], byte[]>> results = read(platform, "replay-r-results", 3);
      List<ConsumerRecord<byte[], byte[]>> letters = read(platform, "replay-r-letters", 1);
      assertThat(results)
          .allSatisfy(record -> {
            assertThat(header(record, ReplayHeaders.RUN)).startsWith("r");
            assertThat(header(record, ReplayHeaders.SOURCE)).isEqualTo("prompt-requests-1-7");
          });
      assertThat(letters).hasSize(1);
      assertThat(platform.ledger().calls()).hasSize(calls + 2);
      TestPlatform.Seen seen = platform.readFor(Duration.ofSeconds(2));
      assertThat(seen.settlements()).isEqualTo(1);
      assertThat(seen.usage).hasSize(3);

      // When: it is published live again, its live settlement is given again and not the run's
      platform.publish(Requests.prompt("q", "sonnet", "Why?"));

      // Then
      assertThat(platform.await(2, SOON).prompts.getLast().getRepeat()).isTrue();
      assertThat(platform.ledger().calls()).hasSize(calls + 2);
    }
  }

  @Test
  void whatCannotGoWhereItShouldIsADeadLetterThatSaysSo() throws Exception {
    try (TestPlatform platform = TestPlatform.start(Map.of())) {
      // When: to a topic that does not exist, to one that is nobody's business, and into a loop
      replay(platform, Requests.prompt("a", "sonnet", "Why?"), "replay-missing");
      replay(platform, Requests.prompt("b", "sonnet", "Why?"), "orders");
      replay(platform, Requests.prompt("c", "sonnet", "Why?"), "replay-requests");
      platform.publish(Requests.prompt("live", "sonnet", "Why?"));

      // Then: it holds up nothing
      TestPlatform.Seen seen = platform.await(4, SOON);
      assertThat(seen.prompts).hasSize(1);
      assertThat(seen.deadLetters)
          .hasSize(3)
          .extracting(DeadLetter::getCode)
          .containsOnly(DeadLetterCode.INVALID_REQUEST);
      assertThat(seen.deadLetters)
          .allSatisfy(
              letter -> assertThat(letter.getField()).contains("headers." + ReplayHeaders.RESULTS));
      assertThat(platform.ledger().calls()).hasSize(1);
    }
  }

  private static void replay(TestPlatform platform, PromptRequest request, String results) {
    replay(platform, request, results, "r");
  }

  private static void replay(
      TestPlatform platform, PromptRequest request, String results, String run) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>("replay-requests", platform.encode(request));
    record.headers().add(ReplayHeaders.RUN, run.getBytes(UTF_8));
    record.headers().add(ReplayHeaders.SOURCE, "prompt-requests-1-7".getBytes(UTF_8));
    record.headers().add(ReplayHeaders.RESULTS, results.getBytes(UTF_8));
    record.headers().add(ReplayHeaders.DEAD_LETTERS, letters(results).getBytes(UTF_8));
    platform.publish(record);
  }

  private static String letters(String results) {
    return results.equals("replay-r-results") ? "replay-r-letters" : "dead-letters";
  }

  private static void create(TestPlatform platform, String... topics) throws Exception {
    try (Admin admin = Admin.create(platform.kafka())) {
      for (String topic : topics) {
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
      }
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(
      TestPlatform platform, String topic, int count) {
    Map<String, Object> settings = platform.kafka();
    settings.put("isolation.level", "read_committed");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition only = new TopicPartition(topic, 0);
      consumer.assign(List.of(only));
      consumer.seekToBeginning(List.of(only));
      long end = System.nanoTime() + SOON.toNanos();
      while (records.size() < count && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    assertThat(records).hasSize(count);
    return records;
  }

  private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
