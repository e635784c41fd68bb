/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.job.SourceRecord;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.RecordHeader;
import io.streambed.schemas.redrive.RedriveMark;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedrivenRequestTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final RedriveMark MARK =
      new RedriveMark(1, "prompt-requests-0-7", "run", "prompt-requests-0-7");

  @Test
  void aRedrivenRequestSaysSoAndKeepsTheIdThatItHad() {
    // Given: a request without an id of its own, whose new place is another than its first
    List<RecordHeader> headers = new ArrayList<>(MARK.headers());
    headers.add(new RecordHeader("streambed-forged", ByteBuffer.allocate(1)));

    // When
    Decision.Accepted accepted = accepted(Requests.prompt().setId(null).build(), headers);

    // Then
    assertThat(accepted.job().getId()).isEqualTo("prompt-requests-0-7");
    assertThat(accepted.job().getHeaders()).isEqualTo(MARK.headers());
  }

  @Test
  void anIdOfItsOwnGoesBeforeTheFirstPlace() {
    assertThat(accepted(Requests.prompt().setId("q").build(), MARK.headers()).job().getId())
        .isEqualTo("q");
  }

  private static Decision.Accepted accepted(PromptRequest prompt, List<RecordHeader> headers) {
    SourceRecord source =
        Requests.withHeaders(Requests.source(prompt), headers.toArray(RecordHeader[]::new));
    return (Decision.Accepted) Requests.admission().decide(source, Requests.request(prompt), NOW);
  }
}
