/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import static io.streambed.processors.admission.Requests.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.admission.WriterSchemas.Lookup;
import io.streambed.schemas.PromptRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SchemaFetchesTest {

  private static final WaitingConfig CONFIG =
      new WaitingConfig(Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofMillis(10), 10);

  private final FakeSchemas schemas = new FakeSchemas();
  private final SchemaFetches fetches = new SchemaFetches(schemas, CONFIG, new Random(1));

  @Test
  void aSchemaAtHandIsNotFetched() {
    // Given
    schemas.know(1, PromptRequest.getClassSchema());

    // When
    Lookup lookup = fetches.ask(1, NOW);

    // Then
    assertThat(lookup).isEqualTo(new Lookup.Known(PromptRequest.getClassSchema()));
    assertThat(schemas.fetches()).isZero();
  }

  @Test
  void oneFetchIsEnoughHoweverOftenItIsAskedFor() {
    // Given
    fetches.ask(1, NOW);
    fetches.ask(1, NOW.plusSeconds(100));
    assertThat(schemas.fetches()).isEqualTo(1);

    // When
    schemas.answer(1, new Lookup.Known(PromptRequest.getClassSchema()));

    // Then
    assertThat(fetches.ask(1, NOW.plusSeconds(101))).isInstanceOf(Lookup.Known.class);
  }

  @Test
  void aRegistryThatIsDownIsAskedEverLessOftenUpToTheLongestWait() {
    // Given
    Instant now = NOW;
    Duration longest = Duration.ZERO;
    int before = 0;
    Instant last = NOW;

    // When
    for (int i = 0; i < 600; i++) {
      assertThat(fetches.ask(1, now)).isInstanceOf(Lookup.Unavailable.class);
      if (schemas.fetches() > before) {
        before = schemas.fetches();
        longest =
            longest.compareTo(Duration.between(last, now)) > 0
                ? longest
                : Duration.between(last, now);
        last = now;
        schemas.answer(1, new Lookup.Unavailable());
      }
      now = now.plusMillis(100);
    }

    // Then
    assertThat(schemas.fetches()).isBetween(8, 20);
    assertThat(longest).isBetween(Duration.ofSeconds(4), Duration.ofMillis(8_200));
  }

  @Test
  void aFetchThatBreaksOffIsAskedForAgain() {
    // Given
    fetches.ask(1, NOW);
    schemas.fail(1, new IllegalStateException("closed"));
    fetches.ask(1, NOW);

    // When
    fetches.ask(1, NOW.plusSeconds(1));

    // Then
    assertThat(schemas.fetches()).isEqualTo(2);
  }

  @Test
  void anIdThatTheRegistryDidNotKnowIsAskedForAnew() {
    // Given
    fetches.ask(1, NOW);
    schemas.answer(1, new Lookup.Missing());

    // When
    Lookup first = fetches.ask(1, NOW);
    Lookup second = fetches.ask(1, NOW);

    // Then
    assertThat(first).isInstanceOf(Lookup.Missing.class);
    assertThat(second).isInstanceOf(Lookup.Unavailable.class);
    assertThat(schemas.fetches()).isEqualTo(2);
  }
}
