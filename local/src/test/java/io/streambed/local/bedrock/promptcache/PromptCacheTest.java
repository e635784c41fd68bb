/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.promptcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.local.bedrock.wire.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromptCacheTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final long MINIMUM = 1_000;

  private final PromptCache cache = new PromptCache();

  @Test
  void whatIsWrittenOnceIsReadUntilFiveMinutesPassWithoutARead() {
    // Given
    List<Piece> prompt = List.of(piece("system", 2_000, FIVE_MINUTES), piece("question", 2_010));

    // Then
    assertThat(ask(prompt, NOON)).isEqualTo(new Usage(10, 7, 0, 2_000, 0));
    assertThat(ask(prompt, NOON.plusSeconds(290))).isEqualTo(new Usage(10, 7, 2_000, 0, 0));
    assertThat(ask(prompt, NOON.plusSeconds(580))).isEqualTo(new Usage(10, 7, 2_000, 0, 0));
    assertThat(ask(prompt, NOON.plusSeconds(880))).isEqualTo(new Usage(10, 7, 0, 2_000, 0));
  }

  @Test
  void anHourIsBilledApartAndLastsAnHour() {
    // Given
    List<Piece> prompt =
        List.of(
            piece("tools", 1_500, HOUR), piece("system", 2_000, FIVE_MINUTES), piece("q", 2_010));

    // Then
    assertThat(ask(prompt, NOON)).isEqualTo(new Usage(10, 7, 0, 2_000, 1_500));
    assertThat(ask(prompt, NOON.plusSeconds(3_500))).isEqualTo(new Usage(10, 7, 1_500, 500, 0));
  }

  @Test
  void whatIsBelowTheMinimumIsNotKept() {
    // Given
    List<Piece> prompt = List.of(piece("short", 999, FIVE_MINUTES), piece("q", 1_010));

    // Then
    assertThat(ask(prompt, NOON)).isEqualTo(Usage.of(1_010, 7));
    assertThat(ask(prompt, NOON)).isEqualTo(Usage.of(1_010, 7));
  }

  @Test
  void aLongerConversationReadsWhatAnEarlierTurnWrote() {
    // Given
    ask(List.of(piece("turn 1", 2_000, FIVE_MINUTES)), NOON);

    // When
    Usage usage =
        ask(
            List.of(
                piece("turn 1", 2_000),
                piece("answer 1", 2_100),
                piece("turn 2", 2_400, FIVE_MINUTES)),
            NOON);

    // Then
    assertThat(usage).isEqualTo(new Usage(0, 7, 2_000, 400, 0));
  }

  @Test
  void whatLiesFurtherBackThanTwentyPiecesIsNotFound() {
    // Given
    ask(List.of(piece("turn 1", 2_000, FIVE_MINUTES)), NOON);
    List<Piece> prompt = new ArrayList<>(List.of(piece("turn 1", 2_000)));
    for (int n = 0; n < 20; n++) {
      prompt.add(piece("more " + n, 2_001 + n));
    }

    // When
    Usage found = ask(with(prompt, piece("last", 3_000), 20), NOON);
    prompt.add(piece("one too many", 2_900));
    Usage lost = ask(with(prompt, piece("end", 3_100, FIVE_MINUTES), 22), NOON.plusSeconds(400));

    // Then
    assertThat(found.cacheRead()).isEqualTo(2_000);
    assertThat(lost.cacheRead()).isZero();
  }

  @Test
  void anotherScopeHasItsOwn() {
    // Given
    List<Piece> prompt = List.of(piece("system", 2_000, FIVE_MINUTES));
    ask(prompt, NOON);

    // Then
    assertThat(cache.usage("elsewhere", prompt, MINIMUM, 7, NOON).cacheRead()).isZero();
  }

  /** The prompt with a point behind its piece of that number. */
  private static List<Piece> with(List<Piece> prompt, Piece last, int point) {
    List<Piece> pieces = new ArrayList<>(prompt);
    if (point < pieces.size()) {
      Piece marked = pieces.get(point);
      pieces.set(point, new Piece(marked.digest(), marked.tokens(), Optional.of(FIVE_MINUTES)));
    }
    pieces.add(last);
    return pieces;
  }

  private Usage ask(List<Piece> prompt, Instant now) {
    Usage usage = cache.usage("here", prompt, MINIMUM, 7, now);
    cache.keep("here", prompt, MINIMUM, now);
    return usage;
  }

  private static Piece piece(String digest, long tokens) {
    return new Piece(digest, tokens, Optional.empty());
  }

  private static Piece piece(String digest, long tokens, Duration keptFor) {
    return new Piece(digest, tokens, Optional.of(keptFor));
  }
}
