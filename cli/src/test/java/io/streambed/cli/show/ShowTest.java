/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.schemas.CachePointBlock;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.ImageBlock;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.ResultSource;
import io.streambed.schemas.TokenUsage;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShowTest {
  @ParameterizedTest
  @CsvSource({
    "0, $0",
    "1, <$0.000001",
    "499999, <$0.000001",
    "500000, $0.000001",
    "312400000, $0.000312",
    "1000000000000, $1.000000",
    "9223372036854775807, $9223372.036855",
    "-1, >-$0.000001",
    "-312400000, -$0.000312"
  })
  void moneyIsRoundedForPeopleAndSomethingIsNeverNothing(long pico, String shown) {
    assertThat(Money.dollars(pico)).isEqualTo(shown);
  }

  @Test
  void anAnswerCannotSteerTheTerminal() {
    assertThat(Snippet.printable("a\u001b[2Jb\u0007\r\nc")).isEqualTo("a[2Jb\nc");
    assertThat(Snippet.of("one\n two\tthree", 20)).isEqualTo("one two three");
  }

  @Test
  void aSnippetIsCutBetweenCharacters() {
    assertThat(Snippet.of("🐟🐟🐟🐟", 3)).isEqualTo("🐟🐟…");
    assertThat(Snippet.of("abc", 3)).isEqualTo("abc");
  }

  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    assertThat(new Table().row("a", "bb", "c").row("aaa", "b").lines())
        .containsExactly("a    bb  c", "aaa  b");
  }

  @Test
  void aRecordIsPlainJsonWithoutWhatIsAbsent() {
    // Given
    PromptResult result =
        PromptResult.newBuilder()
            .setId("1")
            .setTenant("t")
            .setModel("m")
            .setSource(ResultSource.CACHE)
            .setContent(
                List.of(
                    ContentBlock.newBuilder().setText("hello").build(),
                    ContentBlock.newBuilder()
                        .setImage(
                            ImageBlock.newBuilder()
                                .setFormat("png")
                                .setBytes(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                                .build())
                        .build(),
                    ContentBlock.newBuilder()
                        .setCachePoint(CachePointBlock.newBuilder().build())
                        .build()))
            .setStopReason("end_turn")
            .setUsage(TokenUsage.newBuilder().setInputTokens(5).build())
            .setModelId("id")
            .setRegion("us-east-1")
            .setFingerprint("ff")
            .setRequestedAt(Instant.parse("2026-11-20T12:00:00Z"))
            .setSettledAt(Instant.parse("2026-11-20T12:00:01.5Z"))
            .build();

    // When
    var json = AvroJson.of(result);

    // Then
    assertThat(json.get("source").textValue()).isEqualTo("CACHE");
    assertThat(json.get("settledAt").textValue()).isEqualTo("2026-11-20T12:00:01.500Z");
    assertThat(json.get("content").toString())
        .isEqualTo(
            "[{\"text\":\"hello\"},{\"image\":{\"format\":\"png\",\"bytes\":\"AQID\"}},"
                + "{\"cachePoint\":{}}]");
    assertThat(json.has("attemptId")).isFalse();
    assertThat(json.at("/usage/inputTokens").isIntegralNumber()).isTrue();
  }
}
