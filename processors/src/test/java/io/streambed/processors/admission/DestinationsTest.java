/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.job.SourceRecord;
import io.streambed.schemas.Operation;
import io.streambed.schemas.RecordHeader;
import io.streambed.schemas.replay.ReplayHeaders;
import io.streambed.schemas.state.Destination;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {

  private final Destinations destinations = Requests.destinations();

  @Test
  void aRequestThatNobodyReplaysGoesWhereOthersGoWhateverItsHeadersSay() {
    // Given
    SourceRecord claiming = source("prompt-requests", Map.of(ReplayHeaders.RESULTS, "replay-x"));

    // When
    Destinations.Found found = destinations.of(claiming);

    // Then
    assertThat(found).isEqualTo(new Destinations.Found.Live());
  }

  @Test
  void aReplayedRequestGoesWhereItsRunSays() {
    // When
    Destinations.Found found = destinations.of(replayed(Map.of()));

    // Then
    assertThat(found)
        .isEqualTo(
            new Destinations.Found.Going(
                new Destination(
                    "r", "prompt-requests", 2, 17L, "replay-r-results", "replay-r-letters", 5L)));
  }

  @Test
  void theLiveTopicsAreAllowed() {
    // Given
    Map<String, String> live =
        Map.of(ReplayHeaders.RESULTS, "prompt-results", ReplayHeaders.DEAD_LETTERS, "dead-letters");

    // When
    Destinations.Found found = destinations.of(replayed(live));

    // Then
    assertThat(found).isInstanceOf(Destinations.Found.Going.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "orders", "usage-events", "replay-requests", "replay-runs", "prompt-requests"})
  void noOtherTopicIsWrittenTo(String topic) {
    for (String header : List.of(ReplayHeaders.RESULTS, ReplayHeaders.DEAD_LETTERS)) {
      // When
      Destinations.Found found = destinations.of(replayed(Map.of(header, topic)));

      // Then
      assertThat(found)
          .isInstanceOfSatisfying(
              Destinations.Found.Refused.class,
              refused -> {
                assertThat(refused.failure().getField()).contains("headers." + header);
                assertThat(refused.failure().getMessage()).contains("replay-");
              });
    }
  }

  @Test
  void aTopicThatDoesNotExistIsRefusedAndOneThatIsLookedUpIsWaitedFor() {
    assertThat(destinations.of(replayed(Map.of(ReplayHeaders.RESULTS, "replay-gone"))))
        .isInstanceOfSatisfying(
            Destinations.Found.Refused.class,
            refused -> assertThat(refused.failure().getMessage()).contains("does not exist"));
    assertThat(destinations.of(replayed(Map.of(ReplayHeaders.RESULTS, "replay-asked"))))
        .isEqualTo(new Destinations.Found.Asked());
  }

  @Test
  void aReplayedRequestNamesItsRunAndTheRecordedOne() {
    for (String header : List.of(ReplayHeaders.RUN, ReplayHeaders.SOURCE)) {
      assertThat(destinations.of(replayed(Map.of(header, ""))))
          .isInstanceOfSatisfying(
              Destinations.Found.Refused.class,
              refused -> assertThat(refused.failure().getField()).contains("headers." + header));
    }
  }

  @Test
  void resultsOfOneKindDoNotGoWhereThoseOfTheOtherGo() {
    // Given
    Destination texts =
        new Destination("r", "prompt-requests", 2, 17L, "embedding-results", "dead-letters", 0L);

    // When and then
    assertThat(destinations.misfit(Optional.of(texts), Operation.PROMPT)).isPresent();
    assertThat(destinations.misfit(Optional.of(texts), Operation.EMBEDDING)).isEmpty();
    assertThat(destinations.misfit(Optional.empty(), Operation.PROMPT)).isEmpty();
  }

  private static SourceRecord replayed(Map<String, String> other) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(ReplayHeaders.RUN, "r");
    headers.put(ReplayHeaders.SOURCE, "prompt-requests-2-17");
    headers.put(ReplayHeaders.RESULTS, "replay-r-results");
    headers.put(ReplayHeaders.DEAD_LETTERS, "replay-r-letters");
    headers.put(ReplayHeaders.BOUND, "5");
    headers.putAll(other);
    return source("replay-requests", headers);
  }

  private static SourceRecord source(String topic, Map<String, String> headers) {
    List<RecordHeader> all = new ArrayList<>();
    headers.forEach(
        (name, value) -> all.add(new RecordHeader(name, ByteBuffer.wrap(value.getBytes(UTF_8)))));
    return new SourceRecord(topic, 0, 1, Instant.EPOCH, null, new byte[0], all);
  }
}
