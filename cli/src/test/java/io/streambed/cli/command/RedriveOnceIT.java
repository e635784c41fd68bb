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
import io.streambed.processors.redrive.RedriveWriter;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.Redrive;
import io.streambed.schemas.RedriveOutcome;
import io.streambed.schemas.redrive.RedriveMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Nothing is redriven twice: through kills, repeats, and two at once, on a real broker. */
class RedriveOnceIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Test
  void killedAgainAndAgainEachIsRedrivenOnce() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start();
        PlantedLetters planted = new PlantedLetters(harness)) {
      // Given
      int letters = 800;
      List<DeadLetter> chosen =
          planted.plant(letters, DeadLetterCode.MODEL_ERROR, FailureKind.PROVIDER);
      planted.plant(200, DeadLetterCode.INVALID_REQUEST, FailureKind.CALLER);
      Random random = new Random(11);

      // When: on a machine so slow that all is done before the next kill, that one comes late
      for (int kill = 1; kill <= 3; kill++) {
        int enough = Math.min(letters, planted.redrives().size() + 1);
        try (Terminal terminal = begin(harness, "--kind=provider", "--run=r", "--rate=100")) {
          await()
              .atMost(LIMIT)
              .untilAsserted(
                  () -> assertThat(planted.redrives()).hasSizeGreaterThanOrEqualTo(enough));
          new CountDownLatch(1).await(random.nextInt(400), TimeUnit.MILLISECONDS);
          terminal.kill();
        }
      }
      CommandRun last = redrive(harness, "--kind", "provider", "--run", "r");
      CommandRun after = redrive(harness, "--kind", "provider");

      // Then
      assertThat(last.exitCode()).as(last.err()).isZero();
      assertThat(after.lastLine()).contains("redriven 0, parked 0, redriven before 800");
      planted.awaitOnce(letters);
      assertThat(planted.redriven().keySet())
          .containsExactlyInAnyOrderElementsOf(chosen.stream().map(this::place).toList());
      Map<String, String> places = placesOf(planted);
      assertThat(planted.redrives())
          .hasSize(letters)
          .allSatisfy(said -> isWhereItSays(places, said));
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
      places.put(
          one.topic() + "-" + one.partition() + "-" + one.offset(),
          PlantedLetters.header(one, RedriveMark.OF));
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
        dead.send(new ProducerRecord<>("prompt-requests", PlantedLetters.value(letter)));
        dead.send(new ProducerRecord<>("redrives", said(planted, letter)));
      }
      dead.flush();

      // When
      CommandRun run = redrive(harness);

      // Then
      assertThat(run.lastLine()).contains("redriven 3, parked 0, redriven before 0");
      planted.awaitOnce(3);
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
      try (Terminal first = begin(harness, "--rate=10")) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(planted.redrives()).isNotEmpty());

        // When
        CommandRun second = redrive(harness);

        // Then
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(first.awaitEnd(LIMIT)).isEqualTo(1);
        assertThat(first.said()).contains("another redrive has begun").doesNotContain("    at ");
        planted.awaitOnce(1_000);
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
    }
  }

  @Test
  void aLetterWhoseTopicIsGoneIsSkippedAndTheOthersGo() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start();
        PlantedLetters planted = new PlantedLetters(harness)) {
      // Given
      List<DeadLetter> letters = planted.plant(2, DeadLetterCode.MODEL_ERROR, FailureKind.PROVIDER);
      planted.write(
          List.of(
              DeadLetter.newBuilder(letters.getFirst())
                  .setId("of-a-topic-that-is-gone")
                  .setSourceTopic("deleted-requests")
                  .build()));

      // When
      CommandRun run = redrive(harness);

      // Then
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains("1 skipped: the topic that it would go to does not exist");
      planted.awaitOnce(2);
    }
  }

  private static byte[] said(PlantedLetters planted, DeadLetter letter) {
    return planted
        .encoder()
        .encode(
            "redrives",
            RedriveWriter.said(letter, "somebody", letter.getSettledAt())
                .setOutcome(RedriveOutcome.REDRIVEN)
                .setOriginalId(letter.getId())
                .setRedrives(1)
                .build());
  }

  private String place(DeadLetter letter) {
    return letter.getSourceTopic()
        + "-"
        + letter.getSourcePartition()
        + "-"
        + letter.getSourceOffset();
  }

  private static Terminal begin(PlatformHarness harness, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("redrive"));
    words.addAll(Arrays.asList(options));
    return Terminal.open(harness.folder(), harness.stack().environment(), words);
  }

  private static CommandRun redrive(PlatformHarness harness, String... options) {
    List<String> words = new ArrayList<>(List.of("redrive"));
    words.addAll(Arrays.asList(options));
    return CommandRun.at(harness, words.toArray(String[]::new));
  }
}
