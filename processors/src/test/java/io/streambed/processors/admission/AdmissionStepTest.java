/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import static io.streambed.processors.admission.Requests.NOW;
import static io.streambed.processors.admission.Requests.PROMPT_SCHEMA;
import static io.streambed.processors.admission.Requests.TEXT_SCHEMA;
import static io.streambed.processors.admission.Requests.embedding;
import static io.streambed.processors.admission.Requests.prompt;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.admission.WriterSchemas.Lookup;
import io.streambed.processors.job.Rejection;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.serdes.WireFormat;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmissionStepTest {

  private static final Duration TICK = StepFixture.WAITING.lookEvery();
  private static final String PROMPTS = Requests.TOPICS.promptRequests();
  private static final String TEXTS = Requests.TOPICS.embeddingRequests();

  private StepFixture step;

  @BeforeEach
  void start(@TempDir Path folder) {
    step = new StepFixture(folder);
  }

  @AfterEach
  void stop() {
    step.close();
  }

  @Test
  void aRequestWhoseSchemaIsAtHandBecomesAJobStampedWithTheWallClock() {
    // Given
    step.schemas.know(PROMPT_SCHEMA, PromptRequest.getClassSchema());

    // When
    step.prompts.pipeInput(new byte[] {1}, wire("a"), NOW.minusSeconds(86_400 * 30));

    // Then
    TestRecord<byte[], byte[]> job = step.jobs.readRecord();
    assertThat(job.timestamp()).isEqualTo(NOW.toEpochMilli());
    assertThat(job.key()).hasSize(32);
    assertThat(step.isPaused(PROMPTS)).isFalse();
    assertThat(step.meters.get("streambed.admission.admitted").counter().count()).isEqualTo(1);
  }

  @Test
  void aRegistryThatIsDownIsNotABadRecord() {
    // Given
    step.prompts.pipeInput(wire("a"));
    assertThat(step.isPaused(PROMPTS)).isTrue();

    // When
    for (int i = 0; i < 20; i++) {
      if (step.schemas.isAsked(PROMPT_SCHEMA)) {
        step.schemas.answer(PROMPT_SCHEMA, new Lookup.Unavailable());
      }
      step.pass(TICK);
    }

    // Then
    assertThat(step.jobIds()).isEmpty();
    assertThat(step.rejections).isEmpty();
    assertThat(step.isPaused(PROMPTS)).isTrue();
    assertThat(step.waiting()).isEqualTo(1);
    comesBack();
    assertThat(step.jobIds()).containsExactly("a");
    assertThat(step.isPaused(PROMPTS)).isFalse();
    assertThat(step.waiting()).isZero();
  }

  @Test
  void requestsKeepTheirOrderBehindOneThatWaits() {
    // Given
    step.prompts.pipeInput(wire("a"));
    step.prompts.pipeInput(wire("b"));

    // When
    comesBack();
    step.prompts.pipeInput(wire("c"));
    step.pass(TICK);

    // Then
    assertThat(step.jobIds()).containsExactly("a", "b", "c");
  }

  @Test
  void aRequestWhoseSchemaIsAtHandDoesNotOvertakeOneThatWaits() {
    // Given
    step.schemas.know(99, PromptRequest.getClassSchema());
    step.prompts.pipeInput(wire("a"));

    // When
    step.prompts.pipeInput(WireFormat.wrap(99, Requests.avro(prompt().setId("b").build())));
    assertThat(step.jobIds()).isEmpty();
    comesBack();

    // Then
    assertThat(step.jobIds()).containsExactly("a", "b");
  }

  @Test
  void whatWaitsIsDecidedOnInSlices() {
    // Given
    for (int i = 0; i < 5; i++) {
      step.prompts.pipeInput(wire("p" + i));
    }

    // When
    comesBack();

    // Then
    assertThat(step.jobIds()).containsExactly("p0", "p1");
    assertThat(step.isPaused(PROMPTS)).isTrue();
    step.pass(TICK);
    assertThat(step.jobIds()).containsExactly("p2", "p3");
    step.pass(TICK);
    assertThat(step.jobIds()).containsExactly("p4");
    assertThat(step.isPaused(PROMPTS)).isFalse();
  }

  @Test
  void aSchemaThatTheRegistryDoesNotKnowIsADeadLetterAndTheNextRequestGoesOn() {
    // Given
    step.schemas.know(PROMPT_SCHEMA, PromptRequest.getClassSchema());
    step.prompts.pipeInput(WireFormat.wrap(404, Requests.avro(prompt().build())));
    step.prompts.pipeInput(wire("b"));

    // When
    step.schemas.answer(404, new Lookup.Missing());
    step.pass(TICK);

    // Then
    assertThat(step.rejections)
        .extracting(r -> r.failure().getCode())
        .containsExactly(DeadLetterCode.UNKNOWN_SCHEMA);
    assertThat(step.jobIds()).containsExactly("b");
    assertThat(step.isPaused(PROMPTS)).isFalse();
  }

  @Test
  void oneTopicDoesNotWaitForTheOther() {
    // Given
    step.schemas.know(TEXT_SCHEMA, EmbeddingRequest.getClassSchema());
    step.prompts.pipeInput(wire("a"));

    // When
    step.texts.pipeInput(Requests.wire(embedding().setId("t").build()));

    // Then
    assertThat(step.jobIds()).containsExactly("t");
    assertThat(step.isPaused(TEXTS)).isFalse();
    assertThat(step.isPaused(PROMPTS)).isTrue();
  }

  @Test
  void recordsThatNoSchemaCouldHelpDoNotWait() {
    // Given
    step.prompts.pipeInput(wire("a"));

    // When
    step.prompts.pipeInput(new byte[] {1}, (byte[]) null);
    step.prompts.pipeInput(new byte[] {9, 9});

    // Then
    assertThat(step.rejections).hasSize(2);
    Rejection first = step.rejections.getFirst();
    assertThat(first.failure().getCode()).isEqualTo(DeadLetterCode.UNREADABLE);
    assertThat(first.source().key()).containsExactly(1);
    assertThat(step.waiting()).isEqualTo(1);
    assertThat(
            step.meters
                .get("streambed.admission.rejected")
                .tag("code", "UNREADABLE")
                .counter()
                .count())
        .isEqualTo(2);
  }

  @Test
  void aRequestThatIsTooLargeToBeKeptIsADeadLetterAndNotABrokenTransaction() {
    // Given
    byte[] large = Requests.wire(prompt().setAdditionalModelFields("9".repeat(100_000)).build());

    // When
    step.prompts.pipeInput(large);

    // Then
    assertThat(step.rejections)
        .extracting(r -> r.failure().getCode())
        .containsExactly(DeadLetterCode.REQUEST_TOO_LARGE);
    assertThat(step.isPaused(PROMPTS)).isFalse();
  }

  /** The registry answers, and the step comes to see it. */
  private void comesBack() {
    for (int i = 0; i < 100 && !step.schemas.isAsked(PROMPT_SCHEMA); i++) {
      step.pass(TICK);
    }
    step.schemas.answer(PROMPT_SCHEMA, new Lookup.Known(PromptRequest.getClassSchema()));
    step.pass(TICK);
  }

  private static byte[] wire(String id) {
    return Requests.wire(prompt().setId(id).build());
  }
}
