/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.cli.request.BadFieldException;
import io.streambed.schemas.Priority;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void eachIsReadAndToldByItsName() throws Exception {
    assertThat(Patch.parse("model=small", NOW)).isEqualTo(new Patch.Model("small"));
    assertThat(Patch.parse("deadline=2h", NOW))
        .isEqualTo(new Patch.Deadline(Optional.of(NOW.plusSeconds(7_200))));
    assertThat(Patch.parse("deadline=2026-12-01T00:00:00Z", NOW).text())
        .isEqualTo("deadline=2026-12-01T00:00:00Z");
    assertThat(Patch.parse("deadline=none", NOW).text()).isEqualTo("deadline=none");
    assertThat(Patch.parse("maxTokens=100", NOW))
        .isEqualTo(new Patch.MaxTokens(OptionalInt.of(100)));
    assertThat(Patch.parse("maxTokens=none", NOW).text()).isEqualTo("maxTokens=none");
    assertThat(Patch.parse("priority=background", NOW))
        .isEqualTo(new Patch.Urgency(Priority.BACKGROUND));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model              | give model=ALIAS",
        "model=             | give model=ALIAS",
        "=small             | there is no ''",
        "temperature=1      | there is no 'temperature'",
        "deadline=soon      | a time such as",
        "deadline=-5m       | has passed",
        "maxTokens=0        | a whole number above 0",
        "maxTokens=many     | a whole number above 0",
        "priority=unknown   | interactive, standard or background",
      })
  void whatIsNoneIsToldWithTheFix(String text, String told) {
    assertThatThrownBy(() -> Patch.parse(text, NOW))
        .isInstanceOf(BadFieldException.class)
        .hasMessageContaining("--patch")
        .hasMessageContaining(told);
  }
}
