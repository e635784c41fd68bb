/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicCheckTest {

  private static final Topics NAMES = Topics.defaults();

  @Test
  void topicsAsTheyShouldBePass() {
    assertThat(check(6, "compact", "jobs-held", "prompt-requests").passed()).isTrue();
  }

  @Test
  void whatIsMissingIsNamedTogetherWithTheCommandThatCreatesIt() {
    // When
    TopicCheck check = check(6, "compact", "jobs-held");

    // Then
    assertThat(check.passed()).isFalse();
    assertThat(check.message())
        .isEqualTo(
            "topic prompt-requests does not exist; create what is missing with:"
                + " ./streambed topics create");
    assertThat(check(6, "compact").message())
        .startsWith("topics jobs-held, prompt-requests do not exist;");
  }

  @Test
  void heldJobsNeedAsManyPartitionsAsJobs() {
    assertThat(check(5, "compact", "jobs-held", "prompt-requests").problems())
        .singleElement()
        .asString()
        .startsWith("topic jobs-held has 5 partitions and must have 6");
  }

  @Test
  void heldJobsMustNotExpire() {
    assertThat(check(6, "delete", "jobs-held", "prompt-requests").problems())
        .singleElement()
        .asString()
        .contains("cleanup.policy=delete", "must have compact", "--topic jobs-held");
  }

  private static TopicCheck check(int heldPartitions, String cleanup, String... existing) {
    List<TopicState> states =
        TopicCatalogue.of(NAMES).stream()
            .filter(spec -> List.of("jobs-held", "prompt-requests").contains(spec.name()))
            .sorted((a, b) -> a.name().compareTo(b.name()))
            .<TopicState>map(spec ->
                List.of(existing).contains(spec.name())
                    ? new TopicState.Present(
                        spec, heldPartitions, 1, Map.of("cleanup.policy", cleanup))
                    : new TopicState.Missing(spec))
            .toList();
    return TopicCheck.of(states, NAMES, 6);
  }
}
