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
import io.streambed.cli.harness.Terminal;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.Redrive;
import io.streambed.schemas.RedriveOutcome;
import io.streambed.schemas.redrive.RedriveMark;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/** Nothing is redriven twice: through kills, repeats, and two at once, on a real broker. */
class RedriveOnceIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Test
  void killedAgainAndAgainEachIsRedrivenOnce() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start();
        PlantedLetters planted = new PlantedLetters(harness)) {
      // Given
      List<DeadLetter> chosen =
          planted.plant(2_000, DeadLetterCode.MODEL_ERROR, FailureKind.PROVIDER);
      planted.plant(500, DeadLetterCode.INVALID_REQUEST, FailureKind.CALLER);
      Random random = new Random(11);

      // When
      for (int kill = 1; kill <= 4; kill++) {
        int before = planted.redrives().size();
        try (Terminal terminal = begin(harness, "--kind=provider", "--run=r", "--rate=200")) {
          await()
              .atMost(LIMIT)
              .untilAsserted(() -> assertThat(planted.redrives()).hasSizeGreaterThan(before));
          new java.util.concurrent.CountDownLatch(1)
              .await(random.nextInt(400), java.util.concurrent.TimeUnit.MILLISECONDS);
          terminal.kill();
        }
      }
      CommandRun last = redrive(harness, "--kind", "provider", "--run", "r");
      CommandRun after = redrive(harness, "--kind", "provider");

      // Then
      assertThat(last.exitCode()).as(last.err()).isZero();
      assertThat(after.lastLine()).contains("redriven 0, parked 0, redriven before 2,000");
      awaitOnce(planted, 2_000);
      assertThat(redrivenOf(planted).keySet())
          .containsExactlyInAnyOrderElementsOf(chosen.stream().map(this::place).toList());
      Map<String, String> places = placesOf(planted);
      assertThat(planted.redrives()).hasSize(2_000).allSatisfy(said -> isWhereItSays(places, said));
    }
  }

  private static void isWhereItSays(Map<String, String> places, Redrive said) {
    assertThat(said.getOutcome()).isEqualTo(RedriveOutcome.REDRIVEN);
    assertThat(said.getRun()).isEqualTo("r");
    String of =
        said.getSourceTopic() + "-" + said.getSourcePartition() + "-" + said.getSourceOffset();
    String at = said.getTopic().orElse("") + "-" + said.getPartition() + "-" + said.getOffset();
    assertThat(places).containsEntry(at, of);
  }

  /** Of each redriven record, by its place, the place that it was published from. */
  private static Map<String, String> placesOf(PlantedLetters planted) {
    Map<String, String> places = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> one : planted.committed("prompt-requests")) {
      places.put(one.topic() + "-" + one.partition() + "-" + one.offset(), of(one));
    }
    return places;
  }

  @Test
  void whatADeadRunHadOpenIsUndoneAndDoneOnce() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start();
        PlantedLetters planted = new PlantedLetters(harness)) {
      // Given: a run has written and said everything, and died before its commit
      List<DeadLetter> letters = planted.plant(3, DeadLetterCode.MODEL_ERROR, FailureKind.PROVIDER);
      KafkaProducer<byte[], byte[]> dead =
          planted.producer(
              Map.of(
                  ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                  "streambed-redrive",
                  ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                  60_000));
      dead.initTransactions();
      dead.beginTransaction();
      for (DeadLetter letter : letters) {
        dead.send(new ProducerRecord<>("prompt-requests", bytes(letter)));
        dead.send(new ProducerRecord<>("redrives", said(planted, letter)));
      }
      dead.flush();

      // When
      CommandRun run = redrive(harness);

      // Then
      assertThat(run.lastLine()).contains("redriven 3, parked 0, redriven before 0");
      awaitOnce(planted, 3);
      assertThat(planted.committed("prompt-requests")).hasSize(3 + 3);
      assertThat(planted.redrives()).hasSize(3);
      dead.close(Duration.ZERO);
    }
  }

  @Test
  void whatAnotherIsAboutToSayIsWaitedFor() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start();
        PlantedLetters planted = new PlantedLetters(harness)) {
      // Given: somebody else, as the platform's rule would, has a transaction open
      List<DeadLetter> letters = planted.plant(2, DeadLetterCode.MODEL_ERROR, FailureKind.PROVIDER);
      try (KafkaProducer<byte[], byte[]> other =
          planted.producer(
              Map.of(
                  ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                  "somebody",
                  ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                  60_000))) {
        other.initTransactions();
        other.beginTransaction();
        other.send(new ProducerRecord<>("redrives", said(planted, letters.getFirst())));
        other.flush();

        // When
        CompletableFuture<CommandRun> run = CompletableFuture.supplyAsync(() -> redrive(harness));

        // Then
        await()
            .during(Duration.ofSeconds(3))
            .atMost(Duration.ofSeconds(6))
            .untilAsserted(() -> assertThat(run).isNotDone());
        other.commitTransaction();
        assertThat(run.get().lastLine()).contains("redriven 1, parked 0, redriven before 1");
      }
    }
  }

  @Test
  void aSecondRunEndsTheFirstAndGoesOnWhereItWas() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start();
        PlantedLetters planted = new PlantedLetters(harness)) {
      // Given
      planted.plant(1_000, DeadLetterCode.MODEL_ERROR, FailureKind.PROVIDER);
      try (Terminal first = begin(harness, "--rate=50")) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(planted.redrives()).isNotEmpty());

        // When
        CommandRun second = redrive(harness);

        // Then
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(first.awaitEnd(LIMIT)).isEqualTo(1);
        assertThat(first.said()).contains("another redrive has begun").doesNotContain("    at ");
        awaitOnce(planted, 1_000);
      }
    }
  }

  @Test
  void aLimitHoldsForARunHoweverOftenItIsStarted() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start();
        PlantedLetters planted = new PlantedLetters(harness)) {
      // Given
      planted.plant(100, DeadLetterCode.MODEL_ERROR, FailureKind.PROVIDER);
      harness.publishRaw("dead-letters", "no dead letter".getBytes(UTF_8));

      // When
      CommandRun some = redrive(harness, "--run", "r", "--limit", "30");
      CommandRun again = redrive(harness, "--run", "r", "--limit", "30");
      CommandRun more = redrive(harness, "--run", "r", "--limit", "45");
      CommandRun other = redrive(harness, "--run", "s", "--limit", "10", "--to", "usage-events");

      // Then
      assertThat(some.lastLine()).contains("redriven 30,").contains("left 70");
      assertThat(some.out()).contains("1 records are no dead letters and were passed over");
      assertThat(again.lastLine()).contains("redriven 0,").contains("left 70");
      assertThat(more.lastLine()).contains("redriven 15,").contains("left 55");
      assertThat(other.out()).contains("10 to usage-events");
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(planted.committed("usage-events")).hasSize(10));
      assertThat(redrive(harness, "--to", "no-such-topic").out())
          .contains("45 skipped: the topic that it would go to does not exist");
    }
  }

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
              new io.streambed.schemas.RecordHeader(
                  "traceparent", ByteBuffer.wrap("00-1".getBytes(UTF_8))),
              new io.streambed.schemas.RecordHeader("empty", null),
              new io.streambed.schemas.RecordHeader(
                  "streambed-forged", ByteBuffer.wrap(new byte[1]))));
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
      awaitOnce(planted, 22);
      ConsumerRecord<byte[], byte[]> record =
          planted.committed("prompt-requests").stream()
              .filter(
                  one -> "prompt-requests-%d-1000000".formatted(one.partition()).equals(of(one)))
              .findFirst()
              .orElseThrow();
      assertThat(record.key()).asString().isEqualTo("key");
      assertThat(record.value()).isEqualTo(bytes(letter));
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
      assertThat(text(record, RedriveMark.ORIGINAL_ID)).isEqualTo("THROTTLED-1");
      assertThat(text(record, RedriveMark.RUN)).isEqualTo("r");
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
        byte[] value = bytes(letter);
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
          org.apache.kafka.clients.admin.Admin.create(
              Map.of("bootstrap.servers", harness.stack().cluster().bootstrapServers()))) {
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

  private static byte[] said(PlantedLetters planted, DeadLetter letter) {
    return planted
        .encoder()
        .encode(
            "redrives",
            Redrive.newBuilder()
                .setRun("somebody")
                .setOutcome(RedriveOutcome.REDRIVEN)
                .setId(letter.getId())
                .setOriginalId(letter.getId())
                .setCode(letter.getCode())
                .setKind(letter.getKind())
                .setSourceTopic(letter.getSourceTopic())
                .setSourcePartition(letter.getSourcePartition())
                .setSourceOffset(letter.getSourceOffset())
                .setRequestedAt(letter.getRequestedAt())
                .setRedrives(1)
                .setWrittenAt(letter.getSettledAt())
                .build());
  }

  /** How often each request was redriven, by the place that its new records name. */
  private static Map<String, Integer> redrivenOf(PlantedLetters planted) {
    Map<String, Integer> times = new TreeMap<>();
    planted.committed("prompt-requests").stream()
        .map(RedriveOnceIT::of)
        .filter(of -> !of.isEmpty())
        .forEach(of -> times.merge(of, 1, Integer::sum));
    return times;
  }

  /** The end of a transaction is seen in one partition sooner than in another. */
  private static void awaitOnce(PlantedLetters planted, int count) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(redrivenOf(planted)).hasSizeGreaterThanOrEqualTo(count));
    assertThat(redrivenOf(planted))
        .hasSize(count)
        .allSatisfy((of, times) -> assertThat(times).as(of).isEqualTo(1));
  }

  private String place(DeadLetter letter) {
    return letter.getSourceTopic()
        + "-"
        + letter.getSourcePartition()
        + "-"
        + letter.getSourceOffset();
  }

  private static String of(ConsumerRecord<byte[], byte[]> record) {
    return text(record, RedriveMark.OF);
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  private static byte[] bytes(DeadLetter letter) {
    ByteBuffer value = letter.getOriginalValue().orElseThrow().duplicate();
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    return bytes;
  }

  private static String sha256(byte[] value) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
  }

  private static Terminal begin(PlatformHarness harness, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("redrive"));
    words.addAll(Arrays.asList(options));
    return Terminal.open(harness.folder(), harness.stack().environment(), words);
  }

  private static CommandRun redrive(PlatformHarness harness, String... options) {
    List<String> all = new ArrayList<>(List.of("redrive"));
    all.addAll(Arrays.asList(options));
    all.addAll(
        List.of(
            "--bootstrap-server",
            harness.stack().cluster().bootstrapServers(),
            "--registry",
            harness.stack().local().registry().url()));
    return CommandRun.of(all.toArray(String[]::new));
  }
}
