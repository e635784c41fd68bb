/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import static io.streambed.processors.admission.Requests.PROMPT_SCHEMA;
import static io.streambed.processors.admission.Requests.prompt;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.admission.WriterSchemas.Lookup;
import io.streambed.processors.job.StateCodec;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.state.Job;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmissionStepLifeTest {

  private static final String PROMPTS = Requests.TOPICS.promptRequests();

  private final KeyValueStore<byte[], byte[]> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore(StepFixture.NAMES.store()),
              Serdes.ByteArray(),
              Serdes.ByteArray())
          .withLoggingDisabled()
          .build();

  private StepFixture fixture;
  private MockProcessorContext<byte[], Object> context;

  @BeforeEach
  void start(@TempDir Path folder) {
    fixture = new StepFixture(folder);
    context = context();
    store.init(context.getStateStoreContext(), store);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void aStepWithoutAnythingThatWaitsAsksForNoPunctuation() {
    // When
    fixture.step().init(context);

    // Then
    assertThat(context.scheduledPunctuators()).isEmpty();
  }

  @Test
  void thePunctuatorRunsWhileAnythingWaitsAndCommitsWhatItDid() {
    // Given
    AdmissionStep step = fixture.step();
    step.init(context);
    step.process(message("a"));
    step.process(message("b"));
    CapturedPunctuator punctuator = context.scheduledPunctuators().getFirst();
    punctuator.getPunctuator().punctuate(0);
    assertThat(context.committed()).isFalse();

    // When
    answer();
    punctuator.getPunctuator().punctuate(0);

    // Then
    assertThat(ids(context)).containsExactly("a", "b");
    assertThat(context.committed()).isTrue();
    assertThat(context.scheduledPunctuators()).hasSize(1);
    assertThat(punctuator.cancelled()).isTrue();
  }

  @Test
  void whatWaitsOutlivesTheTaskAndItsPartitionIsPausedAgain() {
    // Given
    AdmissionStep before = fixture.step();
    before.init(context);
    before.process(message("a"));
    before.close();
    assertThat(fixture.isPaused(PROMPTS)).isFalse();
    assertThat(fixture.waiting()).isZero();

    // When
    MockProcessorContext<byte[], Object> restarted = context();
    fixture.step().init(restarted);
    assertThat(fixture.isPaused(PROMPTS)).isTrue();
    assertThat(fixture.waiting()).isEqualTo(1);
    CapturedPunctuator punctuator = restarted.scheduledPunctuators().getFirst();
    punctuator.getPunctuator().punctuate(0);
    answer();
    punctuator.getPunctuator().punctuate(0);

    // Then
    assertThat(ids(restarted)).containsExactly("a");
    assertThat(fixture.isPaused(PROMPTS)).isFalse();
    assertThat(store.approximateNumEntries()).isZero();
  }

  @Test
  void aRequestThatIsReadTwiceWaitsOnce() {
    // Given
    AdmissionStep step = fixture.step();
    step.init(context);
    step.process(message("a"));
    context.setRecordMetadata(PROMPTS, 0, 0);

    // When
    step.process(record("a"));

    // Then
    assertThat(fixture.waiting()).isEqualTo(1);
  }

  private MockProcessorContext<byte[], Object> context() {
    MockProcessorContext<byte[], Object> made = new MockProcessorContext<>();
    made.setCurrentSystemTimeMs(1_000);
    made.addStateStore(store);
    return made;
  }

  private void answer() {
    fixture.schemas.answer(PROMPT_SCHEMA, new Lookup.Known(PromptRequest.getClassSchema()));
  }

  private int offset;

  private Record<byte[], byte[]> message(String id) {
    context.setRecordMetadata(PROMPTS, 0, offset++);
    return record(id);
  }

  private static Record<byte[], byte[]> record(String id) {
    return new Record<>(new byte[0], Requests.wire(prompt().setId(id).build()), 0);
  }

  private static List<String> ids(MockProcessorContext<byte[], Object> context) {
    StateCodec<Job> codec = new StateCodec<>(Job.class, List.of());
    return context.forwarded(StepFixture.ACCEPTED).stream()
        .map(f -> codec.decode((byte[]) f.record().value()).getId())
        .toList();
  }
}
