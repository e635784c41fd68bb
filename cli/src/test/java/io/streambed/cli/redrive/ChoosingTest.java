/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.cli.harness.Letters;
import io.streambed.cli.harness.PlantedLetters;
import io.streambed.cli.letters.Selection;
import io.streambed.processors.redrive.Ledger;
import io.streambed.processors.redrive.Original;
import io.streambed.processors.redrive.RedriveWriter;
import io.streambed.processors.redrive.Redriving;
import io.streambed.processors.redrive.RequestPlace;
import io.streambed.processors.redrive.Skip;
import io.streambed.processors.redrive.Verdict;
import io.streambed.processors.redrive.WayBack;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.RecordHeader;
import io.streambed.schemas.Redrive;
import io.streambed.schemas.RedriveOutcome;
import io.streambed.schemas.redrive.RedriveMark;
import io.streambed.schemas.replay.ReplayHeaders;
import io.streambed.schemas.topics.Topics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ChoosingTest {
  private final Ledger ledger = new Ledger();
  private final Tally tally = new Tally();

  /** However a run is cut off and begun again, and whatever comes twice. */
  @RepeatedTest(50)
  void eachIsChosenOnceAndNoMoreThanTheLimit(RepetitionInfo repetition) {
    // Given
    Random random = new Random(repetition.getCurrentRepetition());
    int letters = 1 + random.nextInt(60);
    int limit = 1 + random.nextInt(80);
    Map<RequestPlace, Integer> times = new HashMap<>();

    // When
    for (int run = 0; run < 6; run++) {
      Choosing choosing = choosing(plan(OptionalInt.of(limit), Optional.empty()), 1_000);
      int last = run == 5 ? letters : random.nextInt(letters);
      List<Redrive> committed = new ArrayList<>();
      for (int n = 0; n <= last; n++) {
        DeadLetter letter = Letters.at(random.nextInt(5) == 0 && n > 0 ? n - 1 : n).build();
        choosing.choose(letter, false).ifPresent(verdict -> committed.add(said(letter, verdict)));
      }
      // What a kill cuts off was not committed, and is not said.
      int lost = run == 5 ? 0 : random.nextInt(1 + committed.size());
      committed
          .subList(0, committed.size() - lost)
          .forEach(said -> {
            ledger.note(said);
            times.merge(RequestPlace.of(said), 1, Integer::sum);
          });
    }

    // Then
    assertThat(times.values()).allMatch(n -> n == 1);
    assertThat(times).hasSizeLessThanOrEqualTo(limit);
    assertThat(ledger.redrivenBy("run")).isEqualTo(times.size());
  }

  @Test
  void whatCannotBePublishedIsSkippedWithItsReason() {
    // Given
    Choosing toNowhere = choosing(plan(OptionalInt.empty(), Optional.of("no-topic")), 1_000);
    Choosing toASmallTopic = choosing(plan(OptionalInt.empty(), Optional.empty()), 100);

    // When
    assertThat(toNowhere.choose(Letters.at(1).build(), false)).isEmpty();
    assertThat(toASmallTopic.choose(Letters.at(2).build(), false)).isEmpty();
    assertThat(toASmallTopic.choose(Letters.at(3).setOriginalValue(null).build(), false)).isEmpty();

    // Then
    assertThat(tally.skipped())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(Skip.NO_TOPIC, 1, Skip.TOO_LARGE, 1, Skip.NO_VALUE, 1));
  }

  @Test
  void whatARunAskedGoesToTheLiveRequestsOrWhereItIsSaid() {
    // Given: one whose result was wanted live, and one of a run with topics of its own
    DeadLetter live = replayed(1, "embedding-results");
    DeadLetter apart = replayed(2, "replay-r-results");
    Choosing choosing = choosing(plan(OptionalInt.empty(), Optional.empty()), 1_000);
    Choosing told = choosing(plan(OptionalInt.empty(), Optional.of("prompt-requests")), 1_000);

    // When, then
    assertThat(topic(choosing.choose(live, false))).isEqualTo("embedding-requests");
    assertThat(choosing.choose(apart, false)).isEmpty();
    assertThat(tally.skipped()).containsExactly(Map.entry(Skip.OF_A_RUN, 1));
    assertThat(topic(told.choose(apart, false))).isEqualTo("prompt-requests");
  }

  private static DeadLetter replayed(long offset, String results) {
    return Letters.at(offset)
        .setSourceTopic("archive")
        .setOriginalHeaders(
            List.of(
                new RecordHeader(ReplayHeaders.RESULTS, ByteBuffer.wrap(results.getBytes(UTF_8)))))
        .build();
  }

  private static String topic(Optional<Verdict> verdict) {
    return ((Verdict.Again) verdict.orElseThrow()).resend().topic();
  }

  @Test
  void whatIsParkedAlreadyIsNotToldAgain() {
    // Given
    List<RecordHeader> headers =
        new RedriveMark(3, "order-1", "before", "prompt-requests-0-0").headers();
    DeadLetter letter = Letters.at(1).setOriginalHeaders(headers).build();

    // When
    Optional<Verdict> first =
        choosing(plan(OptionalInt.empty(), Optional.empty()), 1_000).choose(letter, false);
    ledger.note(said(letter, first.orElseThrow()));
    Optional<Verdict> second =
        choosing(plan(OptionalInt.empty(), Optional.empty()), 1_000).choose(letter, false);

    // Then
    assertThat(first).containsInstanceOf(Verdict.Parked.class);
    assertThat(second).isEmpty();
    assertThat(tally.parkedBefore()).isEqualTo(1);
  }

  @Test
  void whatThePlatformsRuleWillRedriveIsLeftToIt() {
    Choosing choosing = choosing(plan(OptionalInt.empty(), Optional.empty()), 1_000);
    assertThat(choosing.choose(Letters.at(1).build(), true)).isEmpty();
    assertThat(tally.skipped()).containsExactly(Map.entry(Skip.RULED, 1));
  }

  private static Plan plan(OptionalInt limit, Optional<String> to) {
    return new Plan(
        Selection.ALL,
        new Redriving("run", 3),
        limit,
        OptionalDouble.empty(),
        to,
        new Patches(List.of()));
  }

  private Choosing choosing(Plan plan, int topicTakes) {
    return new Choosing(
        plan,
        ledger,
        tally,
        new Choosing.Sources(
            ChoosingTest::original,
            new WayBack(Topics.defaults())::of,
            id -> Optional.empty(),
            topic -> topic.equals("no-topic") ? OptionalInt.empty() : OptionalInt.of(topicTakes)));
  }

  private static Originals.Found original(DeadLetter letter) {
    return letter.getOriginalValue().isPresent()
        ? new Originals.Found.There(
            new Original(new byte[] {1}, PlantedLetters.value(letter), letter.getOriginalHeaders()))
        : new Originals.Found.Not(Skip.NO_VALUE);
  }

  private static Redrive said(DeadLetter letter, Verdict verdict) {
    boolean again = verdict instanceof Verdict.Again;
    return RedriveWriter.said(letter, "run", Letters.SETTLED)
        .setOutcome(again ? RedriveOutcome.REDRIVEN : RedriveOutcome.PARKED)
        .setOriginalId(letter.getId())
        .setRedrives(1)
        .build();
  }
}
