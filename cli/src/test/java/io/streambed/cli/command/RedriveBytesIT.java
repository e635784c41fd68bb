/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streambed.cli.harness.PlantedLetters;
import io.streambed.cli.harness.PlatformHarness;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.RecordHeader;
import io.streambed.schemas.redrive.RedriveMark;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What is published again is what was published, on a real broker. */
class RedriveBytesIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Test
  void keysHeadersAndBytesComeBackAndARateIsKept() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start();
        PlantedLetters planted = new PlantedLetters(harness)) {
      // Given
      DeadLetter letter =
          planted.plant(1, DeadLetterCode.THROTTLED, FailureKind.CAPACITY).getFirst();
      letter.put("originalKey", ByteBuffer.wrap("key".getBytes(UTF_8)));
      letter.put(
          "originalHeaders",
          List.of(
              new RecordHeader("traceparent", ByteBuffer.wrap("00-1".getBytes(UTF_8))),
              new RecordHeader("empty", null),
              new RecordHeader("streambed-forged", ByteBuffer.wrap(new byte[1]))));
      letter.put("sourceOffset", 1_000_000L);
      planted.write(List.of(letter));
      planted.plant(20, DeadLetterCode.MODEL_ERROR, FailureKind.PROVIDER);

      // When
      long begun = System.nanoTime();
      CommandRun run = redrive(harness, "--rate", "10", "--run", "r");
      double seconds = (System.nanoTime() - begun) / 1e9;

      // Then
      assertThat(run.lastLine()).contains("redriven 22,");
      assertThat(seconds).isGreaterThan((22 - 2 * 5) / 10.0);
      planted.awaitOnce(22);
      ConsumerRecord<byte[], byte[]> record =
          planted.committed("prompt-requests").stream()
              .filter(one ->
                  "prompt-requests-%d-1000000"
                      .formatted(one.partition())
                      .equals(PlantedLetters.header(one, RedriveMark.OF)))
              .findFirst()
              .orElseThrow();
      assertThat(record.key()).asString().isEqualTo("key");
      assertThat(record.value()).isEqualTo(PlantedLetters.value(letter));
      List<String> names = new ArrayList<>();
      record.headers().forEach(header -> names.add(header.key()));
      assertThat(names)
          .containsExactly(
              "traceparent",
              "empty",
              RedriveMark.REDRIVES,
              RedriveMark.ORIGINAL_ID,
              RedriveMark.RUN,
              RedriveMark.OF);
      assertThat(PlantedLetters.header(record, RedriveMark.ORIGINAL_ID)).isEqualTo("THROTTLED-1");
      assertThat(PlantedLetters.header(record, RedriveMark.RUN)).isEqualTo("r");
      assertThat(record.partition()).isEqualTo(letter.getSourcePartition());
    }
  }

  @Test
  void whatWasTooLargeIsReadFromItsPlaceWhileItIsThereAndTheSame() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start();
        PlantedLetters planted = new PlantedLetters(harness)) {
      // Given: the dead letters hold places and hashes only; one hash is of something else
      List<DeadLetter> letters =
          planted.plant(3, DeadLetterCode.REQUEST_TOO_LARGE, FailureKind.CALLER);
      List<DeadLetter> slim = new ArrayList<>();
      for (DeadLetter letter : letters) {
        byte[] value = PlantedLetters.value(letter);
        DeadLetter without = DeadLetter.newBuilder(letter).setOriginalValue(null).build();
        without.put("originalValueSha256", sha256(value));
        // Another than those that hold their requests.
        without.put("requestedAt", letter.getRequestedAt().plusSeconds(1));
        slim.add(without);
      }
      slim.getLast().put("originalValueSha256", sha256(new byte[1]));
      planted.write(slim);
      redrive(harness, "--until", slim.getFirst().getSettledAt().plusSeconds(1).toString());

      // Then: letters and slim ones are about different requests, each redriven by itself
      await().atMost(LIMIT).untilAsserted(() -> assertThat(planted.redrives()).hasSize(3 + 2));

      // When: what stands there is deleted
      TopicPartition first =
          new TopicPartition("prompt-requests", slim.getFirst().getSourcePartition());
      try (var admin =
          Admin.create(Map.of("bootstrap.servers", harness.stack().cluster().bootstrapServers()))) {
        admin
            .deleteRecords(
                Map.of(first, RecordsToDelete.beforeOffset(slim.getFirst().getSourceOffset() + 1)))
            .all()
            .get();
      }
      DeadLetter gone = DeadLetter.newBuilder(slim.getFirst()).build();
      gone.put("requestedAt", gone.getRequestedAt().plusSeconds(1));
      planted.write(List.of(gone));
      CommandRun later = redrive(harness);

      // Then
      assertThat(later.out())
          .contains("1 skipped: it was too large for the topic of dead letters, and is not at")
          .contains("1 skipped: it was too large for the topic of dead letters, and what is at");
      assertThat(later.lastLine()).contains("redriven 0,").contains("skipped 2");
      assertThat(planted.redrives()).hasSize(5);
    }
  }

  private static String sha256(byte[] value) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
  }

  private static CommandRun redrive(PlatformHarness harness, String... options) {
    List<String> words = new ArrayList<>(List.of("redrive"));
    words.addAll(Arrays.asList(options));
    return CommandRun.at(harness, words.toArray(String[]::new));
  }
}
