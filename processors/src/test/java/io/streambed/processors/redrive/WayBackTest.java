/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.topics.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WayBackTest {
  private static final WayBack BACK = new WayBack(Topics.defaults());

  @Test
  void aRequestGoesWhereItCameFrom() {
    DeadLetter letter =
        DeadLetter.newBuilder(Letters.at(1, List.of())).setSourceTopic("of-another-team").build();
    assertThat(BACK.of(letter)).contains("of-another-team");
  }

  @ParameterizedTest
  @CsvSource({
    "prompt-results,    prompt-requests",
    "embedding-results, embedding-requests",
    "replay-r-results,",
  })
  void whatARunAskedGoesToTheLiveRequestsIfItsResultWasWantedLive(String results, String topic) {
    assertThat(BACK.of(Letters.replayed(results)).orElse(null)).isEqualTo(topic);
  }

  @Test
  void whatNoRunWroteAmongReplayedRequestsGoesNowhereByItself() {
    DeadLetter letter =
        DeadLetter.newBuilder(Letters.at(1, List.of())).setSourceTopic("replay-requests").build();
    assertThat(BACK.of(letter)).isEmpty();
  }
}
