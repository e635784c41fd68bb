/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.CachePointBlock;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.DocumentBlock;
import io.streambed.schemas.GuardrailConfiguration;
import io.streambed.schemas.ImageBlock;
import io.streambed.schemas.InferenceParameters;
import io.streambed.schemas.Message;
import io.streambed.schemas.OutputFormat;
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
import java.util.List;

/** Prompts for tests. */
public final class Prompts {

  private Prompts() {}

  /** Every field and every kind of block that a prompt can have. */
  public static PromptRequest.Builder rich() {
    ImageBlock image =
        ImageBlock.newBuilder().setFormat("png").setBytes(ByteBuffer.wrap(bytes(1, 2, 3))).build();
    DocumentBlock document =
        DocumentBlock.newBuilder()
            .setFormat("pdf")
            .setName("report")
            .setS3(new S3Location("s3://bucket/report.pdf", "123456789012"))
            .build();
    CachePointBlock hour = new CachePointBlock("1h");
    return PromptRequest.newBuilder()
        .setModel("chat")
        .setSystem(
            List.of(
                SystemBlock.newBuilder().setText("Be brief.").build(),
                SystemBlock.newBuilder().setCachePoint(hour).build()))
        .setMessages(
            List.of(
                new Message(
                    Role.USER,
                    List.of(
                        block().setText("What is in these?").build(),
                        block().setImage(image).build(),
                        block().setDocument(document).build(),
                        block().setCachePoint(new CachePointBlock(null)).build())),
                new Message(
                    Role.ASSISTANT,
                    List.of(
                        block().setReasoning(new ReasoningBlock("Let me see", "sig", null)).build(),
                        block()
                            .setReasoning(
                                new ReasoningBlock(null, null, ByteBuffer.wrap(bytes(9, 8))))
                            .build(),
                        block()
                            .setToolUse(
                                new ToolUseBlock("t1", "lookup", "{\"n\":12345678901234567890.10}"))
                            .build())),
                new Message(
                    Role.USER,
                    List.of(
                        block()
                            .setToolResult(
                                new ToolResultBlock(
                                    "t1",
                                    List.of(
                                        part().setText("found").build(),
                                        part().setJson("{\"ok\":true}").build(),
                                        part().setImage(image).build(),
                                        part().setDocument(document).build()),
                                    ToolResultStatus.ERROR))
                            .build(),
                        block().setText("Go on").build()))))
        .setInference(
            InferenceParameters.newBuilder()
                .setMaxTokens(300)
                .setTemperature(0.5)
                .setTopP(0.25)
                .setStopSequences(List.of("END"))
                .setEffort("high")
                .build())
        .setTools(
            ToolConfiguration.newBuilder()
                .setTools(
                    List.of(
                        Tool.newBuilder()
                            .setName("lookup")
                            .setDescription("Looks up")
                            .setInputSchema("{\"type\":\"object\"}")
                            .setStrict(true)
                            .build()))
                .setChoice(ToolChoiceMode.NAMED)
                .setChoiceName("lookup")
                .setCachePoint(hour)
                .build())
        .setOutputFormat(new OutputFormat("{\"type\":\"object\"}", "answer", "The answer"))
        .setGuardrail(new GuardrailConfiguration("g1", "3"))
        .setAdditionalModelFields("{\"top_k\":40}")
        .setAdditionalResponsePaths(List.of("/stop_sequence"));
  }

  public static ContentBlock.Builder block() {
    return ContentBlock.newBuilder();
  }

  public static ToolResultContent.Builder part() {
    return ToolResultContent.newBuilder();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
