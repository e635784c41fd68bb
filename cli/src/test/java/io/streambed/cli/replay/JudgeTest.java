/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import static io.streambed.cli.replay.Recordings.NOW;
import static io.streambed.cli.replay.Recordings.plan;
import static io.streambed.cli.replay.Recordings.platform;
import static io.streambed.cli.replay.Recordings.prompt;
import static io.streambed.cli.replay.Recordings.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.Priority;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.ReplayChanges;
import io.streambed.schemas.ReplayFilter;
import io.streambed.schemas.ReplayOnly;
import io.streambed.schemas.ReplayPlace;
import io.streambed.schemas.ReplayPlan;
import io.streambed.schemas.ResultSource;
import io.streambed.schemas.TokenUsage;
import io.streambed.schemas.state.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgeTest {

  private static final ReplayChanges SHORTER = ReplayChanges.newBuilder().setMaxTokens(100).build();

  private final Recorded asked100 = prompt(1, "a", "Why?", 100);
  private final Recorded asked400 = prompt(2, "b", "How?", 400);
  private final Recordings earlier =
      new Recordings().answered(asked100, "end_turn", 30).answered(asked400, "end_turn", 300);

  @Test
  void whatAChangeDoesNotChangeIsKnownAndTheOtherIsAsked() {
    // Given
    Judge judge = judge(ReplayOnly.ALL, SHORTER);

    // When
    Verdict same = judge.of(asked100, NOW);
    Verdict other = judge.of(asked400, NOW);

    // Then
    assertThat(same).isInstanceOf(Verdict.Known.class);
    assertThat(other)
        .isInstanceOfSatisfying(
            Verdict.Asked.class,
            it -> {
              assertThat(it.job().getMaxTokens()).isEqualTo(100);
              assertThat(it.job().getPriority()).isEqualTo(Priority.BACKGROUND);
              assertThat(it.job().getDeadline()).isEmpty();
              assertThat(it.job().getId()).isEqualTo("b");
              assertThat(it.job().getMetadata()).containsEntry("team", "a");
              assertThat(it.forecast()).isEqualTo(new Forecast(50, 100, true));
              assertThat(it.boundPicoDollars()).isPositive();
            });
  }

  @Test
  void aKnownAnswerIsGivenAsTheCacheWould() {
    // Given
    Verdict.Known known = (Verdict.Known) judge(ReplayOnly.ALL, SHORTER).of(asked100, NOW);

    // When
    var copy = (PromptResult) CopiedAnswer.of(known, NOW);

    // Then
    assertThat(copy.getId()).isEqualTo("a");
    assertThat(copy.getSource()).isEqualTo(ResultSource.CACHE);
    assertThat(copy.getCostPicoDollars()).isZero();
    assertThat(copy.getSavedPicoDollars()).isEqualTo(7_000);
    assertThat(copy.getSettledAt()).isEqualTo(NOW);
    assertThat(copy.getContent()).isEqualTo(((PromptResult) known.answer().value()).getContent());
  }

  @Test
  void whoeverWantsNoEarlierAnswerIsAsked() {
    for (CachePolicy policy : List.of(CachePolicy.REFRESH, CachePolicy.BYPASS)) {
      // Given
      ReplayChanges changes = ReplayChanges.newBuilder().setCachePolicy(policy).build();

      // When
      Verdict verdict = judge(ReplayOnly.ALL, changes).of(asked100, NOW);

      // Then
      assertThat(verdict)
          .isInstanceOfSatisfying(
              Verdict.Asked.class, it -> assertThat(it.job().getCachePolicy()).isEqualTo(policy));
    }
  }

  @Test
  void anothersAnswerServesOnlyIfItIsComplete() {
    // Given: an answer that was cut, to what two ask
    Recorded first = prompt(3, "c", "When?", 50);
    Recorded second = prompt(4, "d", "When?", 50);
    earlier.answered(first, "max_tokens", 50);

    // When
    Verdict own = judge(ReplayOnly.ALL, Plans.NOTHING).of(first, NOW);
    Verdict others = judge(ReplayOnly.ALL, Plans.NOTHING).of(second, NOW);

    // Then
    assertThat(own).isInstanceOf(Verdict.Known.class);
    assertThat(others).isInstanceOf(Verdict.Asked.class);
  }

  @Test
  void whatOnlyTheStoreOfThePlatformHasIsKnownToo() {
    // Given: what it has answered for an earlier run, or where results are deleted already
    Judge judge = judge(ReplayOnly.ALL, Plans.NOTHING);
    Recorded complete = prompt(8, "h", "Which?", 100);
    Recorded cut = prompt(9, "i", "Whose?", 100);
    earlier
        .stored(((Verdict.Asked) judge.of(complete, NOW)).job(), stored("end_turn"))
        .stored(((Verdict.Asked) judge.of(cut, NOW)).job(), stored("max_tokens"));

    // When
    Verdict.Known known = (Verdict.Known) judge.of(complete, NOW);
    PromptResult copy = (PromptResult) CopiedAnswer.of(known, NOW);

    // Then
    assertThat(copy.getId()).isEqualTo("h");
    assertThat(copy.getStopReason()).isEqualTo("end_turn");
    assertThat(copy.getCostPicoDollars()).isZero();
    assertThat(copy.getSavedPicoDollars()).isEqualTo(9_000);
    assertThat(judge.of(cut, NOW)).isInstanceOf(Verdict.Asked.class);
  }

  private static Answer stored(String stopReason) {
    return Answer.newBuilder()
        .setAttemptId("t")
        .setAnsweredAt(NOW)
        .setReusableUntil(NOW.plusSeconds(60))
        .setLane("m@us-east-1")
        .setModelId("m")
        .setRegion("us-east-1")
        .setUsage(TokenUsage.newBuilder().setInputTokens(5).setOutputTokens(6).build())
        .setCostPicoDollars(9_000)
        .setContent(List.of(ContentBlock.newBuilder().setText("That one.").build()))
        .setStopReason(stopReason)
        .build();
  }

  @Test
  void onlyWhatChangesIsMeant() {
    // Given
    Judge judge = judge(ReplayOnly.CHANGED, SHORTER);
    Recorded unanswered = prompt(5, "e", "Where?", 100);
    Recorded unansweredAndLonger = prompt(6, "f", "Where?", 300);

    // When and then
    assertThat(judge.of(asked100, NOW)).isEqualTo(left(Skip.UNAFFECTED, "not changed"));
    assertThat(judge.of(asked400, NOW)).isInstanceOf(Verdict.Asked.class);
    assertThat(judge.of(unanswered, NOW)).isEqualTo(left(Skip.UNAFFECTED, "not changed"));
    assertThat(judge.of(unansweredAndLonger, NOW)).isInstanceOf(Verdict.Asked.class);
  }

  @Test
  void onlyWhatFailedIsMeant() {
    // Given
    Recorded lost = prompt(7, "g", "Who?", 100);
    earlier.failed(lost);
    Judge judge = judge(ReplayOnly.FAILED, Plans.NOTHING);

    // When and then
    assertThat(judge.of(lost, NOW)).isInstanceOf(Verdict.Asked.class);
    assertThat(judge.of(asked100, NOW)).isEqualTo(left(Skip.UNAFFECTED, "not failed"));
  }

  @Test
  void filtersGoByWhatWasRecorded() {
    Map<ReplayFilter, Boolean> cases =
        Map.of(
            ReplayFilter.newBuilder().setTenant("default").build(), true,
            ReplayFilter.newBuilder().setTenant("other").build(), false,
            ReplayFilter.newBuilder().setModel("default").build(), true,
            ReplayFilter.newBuilder().setModel("cheap").build(), false,
            ReplayFilter.newBuilder().setIdPrefix("a").build(), true,
            ReplayFilter.newBuilder().setIdPrefix("b").build(), false,
            ReplayFilter.newBuilder().setMetadata(Map.of("team", "a")).build(), true,
            ReplayFilter.newBuilder().setMetadata(Map.of("team", "b")).build(), false);
    cases.forEach((filter, taken) -> {
      // Given: another model is asked now
      ReplayPlan plan =
          ReplayPlan.newBuilder(
                  plan(ReplayOnly.ALL, ReplayChanges.newBuilder().setModel("cheap").build()))
              .setFilter(filter)
              .build();

      // When
      Verdict verdict = new Judge(plan, platform(), earlier).of(asked100, NOW);

      // Then
      assertThat(verdict instanceof Verdict.Asked).as(filter.toString()).isEqualTo(taken);
    });
  }

  @Test
  void ofASetOnlyItsPlacesAreMeant() {
    // Given
    ReplayPlan plan =
        ReplayPlan.newBuilder(plan(ReplayOnly.ALL, SHORTER))
            .setPlaces(List.of(new ReplayPlace(0, 2L)))
            .build();
    Judge judge = new Judge(plan, platform(), earlier);

    // When and then
    assertThat(judge.of(asked100, NOW)).isEqualTo(left(Skip.FILTERED, "not in the set"));
    assertThat(judge.of(asked400, NOW)).isInstanceOf(Verdict.Asked.class);
  }

  @Test
  void whatThePlatformWouldRefuseIsNotAsked() {
    // Given
    ReplayChanges unknown = ReplayChanges.newBuilder().setModel("nobody").build();
    ReplayChanges misfit = ReplayChanges.newBuilder().setDimensions(256).build();
    ReplayChanges forPrompts = ReplayChanges.newBuilder().setSystem("Be brief.").build();

    // When and then
    assertThat(judge(ReplayOnly.ALL, unknown).of(asked100, NOW))
        .isEqualTo(left(Skip.REFUSED, "UNKNOWN_MODEL"));
    assertThat(judge(ReplayOnly.ALL, misfit).of(asked100, NOW))
        .isInstanceOfSatisfying(
            Verdict.Skipped.class, it -> assertThat(it.reason()).contains("--dimensions"));
    assertThat(judge(ReplayOnly.ALL, forPrompts).of(text(8, "t", "A text"), NOW))
        .isInstanceOfSatisfying(
            Verdict.Skipped.class, it -> assertThat(it.reason()).contains("--system"));
  }

  @Test
  void aRequestWithoutAnIdKeepsThePlaceByWhichItIsKnown() {
    // Given
    Recorded nameless = Recordings.nameless(9, "Why?", 100);

    // When
    Verdict verdict = judge(ReplayOnly.ALL, Plans.NOTHING).of(nameless, NOW);

    // Then: it is the first prompt's equal, and gets its answer
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Known.class,
            it -> assertThat(it.request().id()).contains("prompt-requests-0-9"));
  }

  private Judge judge(ReplayOnly only, ReplayChanges changes) {
    return new Judge(plan(only, changes), platform(), earlier);
  }

  private static Verdict left(Skip why, String reason) {
    return new Verdict.Skipped(why, reason);
  }
}
