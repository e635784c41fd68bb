/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.DocumentBlock;
import io.streambed.schemas.GuardrailConfiguration;
import io.streambed.schemas.ImageBlock;
import io.streambed.schemas.Message;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Role;
import io.streambed.schemas.S3Location;
import io.streambed.schemas.ToolResultBlock;
import io.streambed.schemas.ToolResultContent;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReuseTest {

  private static final S3Location PLACE = new S3Location("s3://bucket/key", null);

  @ParameterizedTest
  @CsvSource({
    "end_turn, true",
    "stop_sequence, true",
    "max_tokens, false",
    "tool_use, false",
    "guardrail_intervened, false",
    "content_filtered, false",
    "malformed_model_output, false",
    "malformed_tool_use, false",
    "model_context_window_exceeded, false",
    "a_reason_of_next_year, false",
  })
  void onlyAWholeAnswerIsReused(String stopReason, boolean reused) {
    assertThat(Reuse.allowed(prompt(text("Hi")).build(), stopReason)).isEqualTo(reused);
  }

  @Test
  void anAnswerUnderADraftOfAGuardrailIsNot() {
    assertThat(Reuse.allowed(guarded("DRAFT"), "end_turn")).isFalse();
    assertThat(Reuse.allowed(guarded("3"), "end_turn")).isTrue();
  }

  @Test
  void anAnswerAboutAFileThatCanChangeIsNot() {
    // Given
    ImageBlock image = ImageBlock.newBuilder().setFormat("png").setS3(PLACE).build();
    DocumentBlock document =
        DocumentBlock.newBuilder().setFormat("pdf").setName("report").setS3(PLACE).build();
    ImageBlock sent =
        ImageBlock.newBuilder().setFormat("png").setBytes(ByteBuffer.allocate(1)).build();

    // Then
    assertThat(reused(ContentBlock.newBuilder().setImage(image))).isFalse();
    assertThat(reused(ContentBlock.newBuilder().setDocument(document))).isFalse();
    assertThat(reused(result(ToolResultContent.newBuilder().setImage(image)))).isFalse();
    assertThat(reused(result(ToolResultContent.newBuilder().setDocument(document)))).isFalse();
    assertThat(reused(result(ToolResultContent.newBuilder().setText("42")))).isTrue();
    assertThat(reused(ContentBlock.newBuilder().setImage(sent))).isTrue();
  }

  private static boolean reused(ContentBlock.Builder block) {
    return Reuse.allowed(prompt(block.build()).build(), "end_turn");
  }

  private static ContentBlock.Builder result(ToolResultContent.Builder content) {
    return ContentBlock.newBuilder()
        .setToolResult(
            ToolResultBlock.newBuilder()
                .setToolUseId("t1")
                .setContent(List.of(content.build()))
                .build());
  }

  private static PromptRequest guarded(String version) {
    return prompt(text("Hi")).setGuardrail(new GuardrailConfiguration("g1", version)).build();
  }

  private static ContentBlock text(String text) {
    return ContentBlock.newBuilder().setText(text).build();
  }

  private static PromptRequest.Builder prompt(ContentBlock block) {
    return PromptRequest.newBuilder()
        .setModel("chat")
        .setMessages(List.of(new Message(Role.USER, List.of(block))));
  }
}
