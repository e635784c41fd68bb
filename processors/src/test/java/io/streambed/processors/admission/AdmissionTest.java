/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import static io.streambed.processors.admission.Requests.CANARY;
import static io.streambed.processors.admission.Requests.NOW;
import static io.streambed.processors.admission.Requests.block;
import static io.streambed.processors.admission.Requests.embedding;
import static io.streambed.processors.admission.Requests.message;
import static io.streambed.processors.admission.Requests.prompt;
import static io.streambed.processors.admission.Requests.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.streambed.processors.job.Payload;
import io.streambed.processors.job.Rejection;
import io.streambed.processors.job.SourceRecord;
import io.streambed.processors.job.StateCodec;
import io.streambed.schemas.CachePointBlock;
import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.ImageBlock;
import io.streambed.schemas.InferenceParameters;
import io.streambed.schemas.Priority;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.RecordHeader;
import io.streambed.schemas.Role;
import io.streambed.schemas.SystemBlock;
import io.streambed.schemas.Tool;
import io.streambed.schemas.ToolChoiceMode;
import io.streambed.schemas.ToolConfiguration;
import io.streambed.schemas.ToolResultBlock;
import io.streambed.schemas.ToolResultContent;
import io.streambed.schemas.ToolUseBlock;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AdmissionTest {

  private final Admission admission = Requests.admission();

  @Test
  void aGoodPromptBecomesAJobThatHoldsAllOfIt() {
    // Given
    PromptRequest prompt =
        prompt()
            .setTenant("acme")
            .setPriority(Priority.BACKGROUND)
            .setCachePolicy(CachePolicy.REFRESH)
            .setDeadline(NOW.plusSeconds(1))
            .setMetadata(Map.of("label", "x"))
            .build();
    SourceRecord source = Requests.source(prompt);

    // When
    Decision.Accepted accepted = accepted(source, prompt);

    // Then
    Job job = new StateCodec<>(Job.class, List.of()).decode(accepted.value());
    assertThat(job).isEqualTo(accepted.job());
    assertThat(accepted.key()).isEqualTo(job.getFingerprint().array()).hasSize(32);
    assertThat(job.getId()).isEqualTo("order-17");
    assertThat(job.getTenant()).isEqualTo("acme");
    assertThat(job.getPriority()).isEqualTo(Priority.BACKGROUND);
    assertThat(job.getCachePolicy()).isEqualTo(CachePolicy.REFRESH);
    assertThat(job.getDeadline()).contains(NOW.plusSeconds(1));
    assertThat(job.getMetadata()).containsEntry("label", "x");
    assertThat(job.getAdmittedAt()).isEqualTo(NOW);
    assertThat(job.getRequestedAt()).isEqualTo(source.timestamp());
    assertThat(job.getSourceOffset()).isEqualTo(42);
    assertThat(job.getKey()).contains(ByteBuffer.wrap(new byte[] {7}));
    assertThat(job.getBatchGroup()).isEmpty();
    assertThat(job.getOriginal()).isEmpty();
    ByteBuffer content = job.getContent().orElseThrow();
    assertThat(new Payload(List.of()).prompt(job, content)).isEqualTo(prompt);
    assertThat(Payload.originalValue(job, content)).isEqualTo(source.value());
  }

  @Test
  void aRequestWithoutAnIdIsNamedByItsPlace() {
    // Given
    PromptRequest prompt = prompt().setId(null).build();

    // When
    Decision.Accepted accepted = accepted(Requests.source(prompt), prompt);

    // Then
    assertThat(accepted.job().getId()).isEqualTo("prompt-requests-3-42");
  }

  @Test
  void bytesOfAnotherSchemaAreKeptAsTheyWere() {
    // Given
    PromptRequest prompt = prompt().build();
    byte[] value = Requests.wire(prompt);
    byte[] other = Arrays.copyOf(value, value.length + 3);
    SourceRecord source = Requests.source("prompt-requests", other);

    // When
    Decision.Accepted accepted = accepted(source, prompt);

    // Then
    ByteBuffer content = accepted.job().getContent().orElseThrow();
    assertThat(Payload.originalValue(accepted.job(), content)).isEqualTo(other);
  }

  @Test
  void reservedHeadersDoNotReachTheJob() {
    // Given
    PromptRequest prompt = prompt().build();
    RecordHeader trace = new RecordHeader("traceparent", ByteBuffer.wrap(new byte[] {1}));
    SourceRecord source =
        Requests.withHeaders(
            Requests.source(prompt),
            new RecordHeader("streambed-source", null),
            trace,
            new RecordHeader("Streambed-Attempt", null));

    // When
    Decision.Accepted accepted = accepted(source, prompt);

    // Then
    assertThat(accepted.job().getHeaders()).containsExactly(trace);
  }

  @Test
  void textsOfOneBatchGroupAreSpreadByTheirFingerprintOverTheBuckets() {
    // Given
    AdmissionConfig config = Requests.config(3, 100_000);
    Admission three = Requests.admission(config, AdmissionLimits.forJobsOf(150_000));

    for (int i = 0; i < 50; i++) {
      SpecificRecordBase text = embedding().setText("text " + i).build();

      // When
      Decision decision = three.decide(Requests.source(text), Requests.request(text), NOW);

      // Then
      Decision.Accepted accepted = (Decision.Accepted) decision;
      byte[] group = accepted.job().getBatchGroup().orElseThrow().array();
      int first = accepted.job().getFingerprint().get(0) & 0xff;
      assertThat(Arrays.copyOf(accepted.key(), 16)).isEqualTo(group);
      assertThat(accepted.key()).hasSize(17);
      assertThat(accepted.key()[16]).isEqualTo((byte) (first % 3));
    }
  }

  static Stream<Arguments> badRequests() {
    return Stream.of(
        bad("id", prompt().setId(" ").build()),
        bad("id", prompt().setId("x".repeat(257)).build()),
        bad("tenant", prompt().setTenant("").build()),
        bad("tenant", embedding().setTenant("x".repeat(129)).build()),
        bad("priority", prompt().setPriority(Priority.UNKNOWN).build()),
        bad("cachePolicy", embedding().setCachePolicy(CachePolicy.UNKNOWN).build()),
        bad("messages", prompt().setMessages(List.of()).build()),
        bad(
            "messages[0].role",
            prompt().setMessages(List.of(message(Role.ASSISTANT, text(CANARY)))).build()),
        bad(
            "messages[0].role",
            prompt().setMessages(List.of(message(Role.UNKNOWN, text(CANARY)))).build()),
        bad(
            "messages[1].content",
            prompt()
                .setMessages(List.of(message(Role.USER, text(CANARY)), message(Role.ASSISTANT)))
                .build()),
        bad(
            "messages[0].content[1]",
            prompt().setMessages(List.of(message(Role.USER, text(CANARY), block(b -> b)))).build()),
        bad(
            "messages[0].content[0]",
            prompt()
                .setMessages(
                    List.of(
                        message(
                            Role.USER,
                            block(b ->
                                b.setText(CANARY)
                                    .setCachePoint(CachePointBlock.newBuilder().build())))))
                .build()),
        bad(
            "messages[0].content[0].image",
            prompt()
                .setMessages(
                    List.of(
                        message(
                            Role.USER,
                            block(b ->
                                b.setImage(ImageBlock.newBuilder().setFormat("png").build())))))
                .build()),
        bad(
            "messages[0].content[0].toolResult.content[0]",
            prompt()
                .setMessages(
                    List.of(
                        message(
                            Role.USER,
                            block(b ->
                                b.setToolResult(
                                    ToolResultBlock.newBuilder()
                                        .setToolUseId("t")
                                        .setContent(List.of(ToolResultContent.newBuilder().build()))
                                        .build())))))
                .build()),
        bad(
            "messages[1].content[0].toolUse.input",
            prompt()
                .setMessages(
                    List.of(
                        message(Role.USER, text(CANARY)),
                        message(
                            Role.ASSISTANT,
                            block(b ->
                                b.setToolUse(
                                    ToolUseBlock.newBuilder()
                                        .setToolUseId("t")
                                        .setName("n")
                                        .setInput("{\"" + CANARY + "\": ")
                                        .build())))))
                .build()),
        bad("system[0]", prompt().setSystem(List.of(SystemBlock.newBuilder().build())).build()),
        bad("inference.maxTokens", inference(i -> i.setMaxTokens(0))),
        bad("inference.temperature", inference(i -> i.setTemperature(1.1))),
        bad("inference.topP", inference(i -> i.setTopP(Double.NaN))),
        bad(
            "tools.tools",
            prompt().setTools(ToolConfiguration.newBuilder().setTools(List.of()).build()).build()),
        bad("tools.choiceName", tools(t -> t.setChoice(ToolChoiceMode.NAMED))),
        bad(
            "tools.choiceName",
            tools(t -> t.setChoice(ToolChoiceMode.NAMED).setChoiceName("other"))),
        bad("additionalModelFields", prompt().setAdditionalModelFields("{} " + CANARY).build()),
        bad(
            "additionalModelFields",
            prompt().setAdditionalModelFields("{\"a\":1,\"a\":1}").build()),
        bad("additionalModelFields", prompt().setAdditionalModelFields("").build()),
        bad("additionalModelFields", prompt().setAdditionalModelFields("\"\\ud800\"").build()),
        bad(
            "additionalModelFields",
            prompt().setAdditionalModelFields("[".repeat(5000) + "]".repeat(5000)).build()),
        bad(
            "additionalResponsePaths",
            prompt().setAdditionalResponsePaths(List.of("/a".repeat(11).split("(?<=a)"))).build()),
        bad("text", embedding().setText(" ").build()),
        bad("dimensions", embedding().setDimensions(0).build()),
        bad("dimensions", embedding().setDimensions(7).build()));
  }

  @ParameterizedTest(name = "{index} {0}")
  @MethodSource("badRequests")
  void aBadFieldIsNamedAndNothingOfTheContentIsTold(String field, SpecificRecordBase request) {
    // When
    Rejection rejection = rejected(admission, request);

    // Then
    assertThat(rejection.failure().getCode()).isEqualTo(DeadLetterCode.INVALID_REQUEST);
    assertThat(rejection.failure().getKind()).isEqualTo(FailureKind.CALLER);
    assertThat(rejection.failure().getField()).contains(field);
    assertThat(rejection.failure().getMessage()).startsWith(field + " ").doesNotContain(CANARY);
    assertThat(rejection.toString()).doesNotContain(CANARY);
  }

  @Test
  void anIdThatCannotServeIsReplacedByThePlace() {
    // Given
    PromptRequest prompt = prompt().setId("x".repeat(300)).build();

    // When
    Rejection rejection = rejected(admission, prompt);

    // Then
    assertThat(rejection.id()).isEqualTo("prompt-requests-3-42");
  }

  @Test
  void anUnknownModelIsAnsweredWithTheConfiguredOnesOfTheSameKind() {
    // Given
    PromptRequest unknown = prompt().setModel("gpt").build();
    PromptRequest ofTheOtherKind = prompt().setModel("vectors").build();

    for (PromptRequest prompt : List.of(unknown, ofTheOtherKind)) {
      // When
      Rejection rejection = rejected(admission, prompt);

      // Then
      assertThat(rejection.failure().getCode()).isEqualTo(DeadLetterCode.UNKNOWN_MODEL);
      assertThat(rejection.failure().getField()).contains("model");
      assertThat(rejection.failure().getMessage()).endsWith("for prompts use chat");
      assertThat(rejection.model()).contains(prompt.getModel());
    }
  }

  @Test
  void aDeadlineThatHasComeIsExpiredAndOneThatIsToComeIsNot() {
    // Given
    PromptRequest due = prompt().setDeadline(NOW).build();
    PromptRequest later = prompt().setDeadline(NOW.plusMillis(1)).build();

    // When
    Rejection rejection = rejected(admission, due);

    // Then
    assertThat(rejection.failure().getCode()).isEqualTo(DeadLetterCode.EXPIRED);
    assertThat(rejection.failure().getKind()).isEqualTo(FailureKind.CALLER);
    assertThat(accepted(Requests.source(later), later)).isNotNull();
  }

  @Test
  void aRequestAboveTheLimitIsTooLargeAndOneAtTheLimitIsNot() {
    // Given
    PromptRequest prompt = prompt().build();
    int length = Requests.wire(prompt).length;
    AdmissionLimits limits = AdmissionLimits.forJobsOf(150_000);

    // When
    Admission below = Requests.admission(Requests.config(4, length - 1), limits);
    Admission at = Requests.admission(Requests.config(4, length), limits);

    // Then
    Rejection rejection = rejected(below, prompt);
    assertThat(rejection.failure().getCode()).isEqualTo(DeadLetterCode.REQUEST_TOO_LARGE);
    assertThat(rejection.id()).isEqualTo("order-17");
    assertThat(at.decide(Requests.source(prompt), Requests.request(prompt), NOW))
        .isInstanceOf(Decision.Accepted.class);
  }

  @Test
  void aRequestWhoseJobDoesNotFitIsTooLarge() {
    // Given
    PromptRequest prompt = prompt().build();
    SourceRecord source =
        Requests.withHeaders(
            Requests.source(prompt), new RecordHeader("h", ByteBuffer.allocate(2_000)));
    AdmissionConfig config = Requests.config(4, 100_000);

    // When
    int needed = accepted(source, prompt).value().length + 32;
    Admission tight = Requests.admission(config, AdmissionLimits.forJobsOf(needed - 1));
    Admission fitting = Requests.admission(config, AdmissionLimits.forJobsOf(needed));

    // Then
    assertThat(tight.decide(source, Requests.request(prompt), NOW))
        .isInstanceOfSatisfying(
            Decision.Rejected.class,
            r ->
                assertThat(r.rejection().failure().getCode())
                    .isEqualTo(DeadLetterCode.REQUEST_TOO_LARGE));
    assertThat(fitting.decide(source, Requests.request(prompt), NOW))
        .isInstanceOf(Decision.Accepted.class);
  }

  private static Arguments bad(String field, SpecificRecordBase request) {
    return arguments(field, request);
  }

  private static PromptRequest inference(
      java.util.function.UnaryOperator<InferenceParameters.Builder> fill) {
    return prompt().setInference(fill.apply(InferenceParameters.newBuilder()).build()).build();
  }

  private static PromptRequest tools(
      java.util.function.UnaryOperator<ToolConfiguration.Builder> fill) {
    Tool tool = Tool.newBuilder().setName("look").setInputSchema("{}").build();
    return prompt()
        .setTools(fill.apply(ToolConfiguration.newBuilder().setTools(List.of(tool))).build())
        .build();
  }

  private Decision.Accepted accepted(SourceRecord source, SpecificRecordBase request) {
    return (Decision.Accepted) admission.decide(source, Requests.request(request), NOW);
  }

  private static Rejection rejected(Admission admission, SpecificRecordBase request) {
    Decision decision = admission.decide(Requests.source(request), Requests.request(request), NOW);
    return ((Decision.Rejected) decision).rejection();
  }
}
