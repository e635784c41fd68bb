/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.avro;

import io.streambed.schemas.CachePointBlock;
import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.DocumentBlock;
import io.streambed.schemas.GuardrailConfiguration;
import io.streambed.schemas.ImageBlock;
import io.streambed.schemas.InferenceParameters;
import io.streambed.schemas.Message;
import io.streambed.schemas.OutputFormat;
import io.streambed.schemas.Priority;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.ReasoningBlock;
import io.streambed.schemas.Role;
import io.streambed.schemas.S3Location;
import io.streambed.schemas.SystemBlock;
import io.streambed.schemas.Tool;
import io.streambed.schemas.ToolChoiceMode;
import io.streambed.schemas.ToolConfiguration;
import io.streambed.schemas.ToolResultBlock;
import io.streambed.schemas.ToolResultContent;
import io.streambed.schemas.ToolResultStatus;
import io.streambed.schemas.ToolUseBlock;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Prompts to send through Connect. */
final class Prompts {

  /** What must show up in no message. */
  static final String SECRET = "the number of the bicycle lock";

  private Prompts() {}

  /** With every kind of field that the contract has: all types, nested, given and left out. */
  static PromptRequest full() {
    return PromptRequest.newBuilder()
        .setId("r-1")
        .setTenant("acme")
        .setPriority(Priority.BACKGROUND)
        .setDeadline(Instant.ofEpochMilli(1_764_000_000_123L))
        .setCachePolicy(CachePolicy.REFRESH)
        .setMetadata(Map.of("team", "a", "stage", "b"))
        .setModel("fast")
        .setSystem(
            List.of(
                SystemBlock.newBuilder().setText("Be short.").build(),
                SystemBlock.newBuilder().setCachePoint(cachePoint()).build()))
        .setMessages(List.of(question(), toolUse(), toolResult()))
        .setInference(
            InferenceParameters.newBuilder()
                .setMaxTokens(7)
                .setTemperature(0.25)
                .setStopSequences(List.of("END"))
                .build())
        .setTools(
            ToolConfiguration.newBuilder()
                .setTools(
                    List.of(
                        Tool.newBuilder()
                            .setName("look")
                            .setInputSchema("{}")
                            .setStrict(true)
                            .build()))
                .setChoice(ToolChoiceMode.NAMED)
                .setChoiceName("look")
                .setCachePoint(cachePoint())
                .build())
        .setOutputFormat(OutputFormat.newBuilder().setJsonSchema("{}").build())
        .setGuardrail(
            GuardrailConfiguration.newBuilder().setIdentifier("g").setVersion("1").build())
        .setAdditionalModelFields("{\"top_k\":40}")
        .setAdditionalResponsePaths(List.of("/stop"))
        .build();
  }

  private static Message question() {
    ImageBlock image =
        ImageBlock.newBuilder()
            .setFormat("png")
            .setBytes(ByteBuffer.wrap(new byte[] {0, -1, 7}))
            .build();
    DocumentBlock document =
        DocumentBlock.newBuilder()
            .setFormat("pdf")
            .setName("doc")
            .setS3(S3Location.newBuilder().setUri("s3://b/k").setBucketOwner("1").build())
            .build();
    return message(
        Role.USER,
        ContentBlock.newBuilder().setText(SECRET).build(),
        ContentBlock.newBuilder().setImage(image).build(),
        ContentBlock.newBuilder().setDocument(document).build());
  }

  private static Message toolUse() {
    return message(
        Role.ASSISTANT,
        ContentBlock.newBuilder()
            .setReasoning(
                ReasoningBlock.newBuilder().setRedacted(ByteBuffer.wrap(new byte[] {3})).build())
            .build(),
        ContentBlock.newBuilder()
            .setToolUse(
                ToolUseBlock.newBuilder()
                    .setToolUseId("t")
                    .setName("look")
                    .setInput("{\"at\":1}")
                    .build())
            .build());
  }

  private static Message toolResult() {
    ImageBlock image =
        ImageBlock.newBuilder().setFormat("gif").setBytes(ByteBuffer.wrap(new byte[] {9})).build();
    return message(
        Role.USER,
        ContentBlock.newBuilder()
            .setToolResult(
                ToolResultBlock.newBuilder()
                    .setToolUseId("t")
                    .setStatus(ToolResultStatus.ERROR)
                    .setContent(
                        List.of(
                            ToolResultContent.newBuilder().setJson("[1]").build(),
                            ToolResultContent.newBuilder().setImage(image).build()))
                    .build())
            .build(),
        ContentBlock.newBuilder().build());
  }

  private static Message message(Role role, ContentBlock... content) {
    return Message.newBuilder().setRole(role).setContent(List.of(content)).build();
  }

  private static CachePointBlock cachePoint() {
    return CachePointBlock.newBuilder().setTtl("1h").build();
  }
}
