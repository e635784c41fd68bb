/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.ModelResult;
import io.streambed.processors.model.ModelResult.Failed;
import io.streambed.processors.model.ModelResult.PromptAnswered;
import io.streambed.processors.model.Prompts;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.TokenUsage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.CacheDetail;
import software.amazon.awssdk.services.bedrockruntime.model.CitationGeneratedContent;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningContentBlock;

class ConverseAnswersTest {

  private static final software.amazon.awssdk.services.bedrockruntime.model.ContentBlock TEXT =
      software.amazon.awssdk.services.bedrockruntime.model.ContentBlock.fromText("Hi");
  private static final software.amazon.awssdk.services.bedrockruntime.model.ContentBlock UNKNOWN =
      software.amazon.awssdk.services.bedrockruntime.model.ContentBlock.builder().build();

  @Test
  void whatAModelSaidCanBeSentBack() {
    // Given: the assistant's turn of a rich prompt, as an answer
    var turn =
        ConverseRequests.of(Calls.prompt(Calls.CHAT, Prompts.rich().build())).messages().get(1);

    // When
    PromptAnswered answered = answered(response(turn.content()).build());

    // Then
    assertThat(answered.content())
        .isEqualTo(Prompts.rich().build().getMessages().get(1).getContent());
  }

  @Test
  void imagesAndDocumentsOfAnAnswerAreKept() {
    // Given
    var turn =
        ConverseRequests.of(Calls.prompt(Calls.CHAT, Prompts.rich().build())).messages().get(0);

    // When
    PromptAnswered answered = answered(response(turn.content().subList(0, 3)).build());

    // Then
    assertThat(answered.content())
        .isEqualTo(Prompts.rich().build().getMessages().get(0).getContent().subList(0, 3));
  }

  @Test
  void tokensOfThePromptCacheAreApart() {
    // When
    PromptAnswered answered =
        answered(
            response(List.of(TEXT))
                .usage(usage ->
                    usage
                        .inputTokens(1)
                        .outputTokens(2)
                        .cacheReadInputTokens(3)
                        .cacheWriteInputTokens(4)
                        .cacheDetails(
                            CacheDetail.builder().ttl("1h").inputTokens(3).build(),
                            CacheDetail.builder().ttl("5m").inputTokens(1).build()))
                .build());

    // Then
    assertThat(answered.usage()).isEqualTo(new TokenUsage(1L, 2L, 3L, 4L, 3L));
  }

  @Test
  void theTierThatServedIsToldInTheProvidersWord() {
    assertThat(answered(response(List.of(TEXT)).build()).servedTier()).isEmpty();
    assertThat(
            answered(response(List.of(TEXT)).serviceTier(it -> it.type("tomorrow")).build())
                .servedTier())
        .contains("tomorrow");
    ModelResult malformed =
        ConverseAnswers.of(
            response(List.of(TEXT))
                .stopReason((String) null)
                .serviceTier(it -> it.type("flex"))
                .build());
    assertThat(malformed.servedTier()).contains("flex");
  }

  @Test
  void aStopReasonOfTomorrowIsKept() {
    assertThat(answered(response(List.of(TEXT)).stopReason("bored").build()).stopReason())
        .isEqualTo("bored");
  }

  @Test
  void additionalFieldsAreJson() {
    // Given
    Document fields = JsonDocuments.parse("{\"stop_sequence\":\"END\",\"p\":0.10}");

    // Then
    assertThat(
            answered(response(List.of(TEXT)).additionalModelResponseFields(fields).build())
                .additionalFields())
        .contains("{\"stop_sequence\":\"END\",\"p\":0.10}");
    assertThat(answered(response(List.of(TEXT)).build()).additionalFields()).isEmpty();
  }

  @Test
  void citedTextIsText() {
    // Given
    var cited =
        software.amazon.awssdk.services.bedrockruntime.model.ContentBlock.fromCitationsContent(
            citations ->
                citations.content(
                    CitationGeneratedContent.fromText("It is "),
                    CitationGeneratedContent.fromText("so.")));

    // Then
    assertThat(answered(response(List.of(cited)).build()).content())
        .containsExactly(Calls.text("It is so."));
  }

  @Test
  void aBlockOfAnUnknownKindKeepsItsPlace() {
    assertThat(answered(response(List.of(UNKNOWN, TEXT)).build()).content())
        .containsExactly(ContentBlock.newBuilder().build(), Calls.text("Hi"));
  }

  @Test
  void anAnswerOfUnknownKindsOnlyIsMalformedAndItsTokensCount() {
    // When
    Failed failed = failed(response(List.of(UNKNOWN)).build());

    // Then
    assertThat(failed.reason()).isEqualTo(CallFailure.MALFORMED_ANSWER);
    assertThat(failed.usage()).isEqualTo(new TokenUsage(8L, 10L, 0L, 0L, 0L));
  }

  @Test
  void anEmptyMessageIsAnAnswer() {
    assertThat(answered(response(List.of()).build()).content()).isEmpty();
  }

  @Test
  void anAnswerThatLacksWhatItMustHaveIsMalformed() {
    // Given
    var unnamedTool =
        software.amazon.awssdk.services.bedrockruntime.model.ContentBlock.fromToolUse(
            use -> use.toolUseId("t1"));
    var unknownReasoning =
        software.amazon.awssdk.services.bedrockruntime.model.ContentBlock.fromReasoningContent(
            ReasoningContentBlock.builder().build());

    // Then
    assertThat(
            List.of(
                response(List.of(TEXT)).output((ConverseOutput) null).build(),
                response(List.of(TEXT)).stopReason((String) null).build(),
                response(List.of(TEXT))
                    .usage((software.amazon.awssdk.services.bedrockruntime.model.TokenUsage) null)
                    .build(),
                response(List.of(unnamedTool)).build(),
                response(List.of(unknownReasoning)).build()))
        .allSatisfy(it -> assertThat(failed(it).reason()).isEqualTo(CallFailure.MALFORMED_ANSWER));
  }

  @Test
  void redactedReasoningIsBytes() {
    // Given
    var redacted =
        software.amazon.awssdk.services.bedrockruntime.model.ContentBlock.fromReasoningContent(
            ReasoningContentBlock.fromRedactedContent(SdkBytes.fromUtf8String("secret")));

    // When
    ContentBlock block = answered(response(List.of(redacted)).build()).content().getFirst();

    // Then
    assertThat(block.getReasoning().orElseThrow().getRedacted().map(it -> it.remaining()))
        .isEqualTo(Optional.of(6));
  }

  private static ConverseResponse.Builder response(
      List<software.amazon.awssdk.services.bedrockruntime.model.ContentBlock> content) {
    return ConverseResponse.builder()
        .output(
            ConverseOutput.fromMessage(
                message -> message.role(ConversationRole.ASSISTANT).content(content)))
        .stopReason("end_turn")
        .usage(usage -> usage.inputTokens(8).outputTokens(10));
  }

  private static PromptAnswered answered(ConverseResponse response) {
    assertThat(ConverseAnswers.of(response)).isInstanceOf(PromptAnswered.class);
    return (PromptAnswered) ConverseAnswers.of(response);
  }

  private static Failed failed(ConverseResponse response) {
    assertThat(ConverseAnswers.of(response)).isInstanceOf(Failed.class);
    return (Failed) ConverseAnswers.of(response);
  }
}
