/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChoiceTest {

  @Test
  void withoutANumberOfPromptsEveryRequestHasItsOwn() {
    // Given
    Choice choice = new Choice(Batch.backlog(1, 10));

    // When, Then
    assertThat(IntStream.rangeClosed(1, 10).map(choice::prompt)).doesNotHaveDuplicates();
    assertThat(Prompts.text(1, 2048, 65)).hasSizeBetween(2048, 2064).contains("in 65 words");
    assertThat(Prompts.text(1, 2048, 65)).isNotEqualTo(Prompts.text(2, 2048, 65));
  }

  @Test
  void byZipfsLawTheFirstPromptIsMuchTheMostFrequentAndTheChoiceIsAlwaysTheSame() {
    // Given
    Batch batch = Batch.backlog(1, 10_000).over(100, 1);
    Map<Integer, Integer> times = new HashMap<>();

    // When
    Choice choice = new Choice(batch);
    IntStream.rangeClosed(1, 10_000)
        .map(choice::prompt)
        .forEach(prompt -> times.merge(prompt, 1, Integer::sum));

    // Then: 1/1 of 5.19, 1/2 of it
    assertThat(times.get(1)).isBetween(1700, 2150);
    assertThat(times.get(2)).isBetween(800, 1150);
    assertThat(times.keySet()).allMatch(prompt -> prompt >= 1 && prompt <= 100);
    assertThat(new Choice(batch).prompt(77)).isEqualTo(choice.prompt(77));
  }
}
