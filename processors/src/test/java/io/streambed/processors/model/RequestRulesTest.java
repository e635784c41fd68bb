/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import static io.streambed.processors.model.Prompts.block;
import static io.streambed.processors.model.Prompts.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.streambed.processors.model.RequestRules.Violation;
import io.streambed.schemas.CachePointBlock;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.DocumentBlock;
import io.streambed.schemas.EmbeddingPurpose;
import io.streambed.schemas.EmbeddingRequest;
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
import io.streambed.schemas.ToolUseBlock;
import io.streambed.schemas.Truncation;
import io.streambed.schemas.VectorEncoding;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RequestRulesTest {

  private static final S3Location PLACE = new S3Location("s3://bucket/key", null);

  @Test
  void aPromptOfEveryKindOfBlockPasses() {
    assertThat(RequestRules.check(Prompts.rich().build())).isEmpty();
  }

  static Stream<Arguments> brokenBlocks() {
    String at = "messages[0].content[1]";
    return Stream.of(
        arguments(block(), at),
        arguments(block().setText("a").setCachePoint(new CachePointBlock(null)), at),
        arguments(block().setText(" "), at + ".text"),
        arguments(block().setImage(image("bmp", 1)), at + ".image.format"),
        arguments(block().setImage(image("png", 3_932_161)), at + ".image.bytes"),
        arguments(block().setImage(image("png", 0)), at + ".image.bytes"),
        arguments(
            block().setImage(ImageBlock.newBuilder().setFormat("png").build()), at + ".image"),
        arguments(
            block().setImage(ImageBlock.newBuilder(image("png", 1)).setS3(PLACE).build()),
            at + ".image"),
        arguments(
            block()
                .setImage(
                    ImageBlock.newBuilder()
                        .setFormat("png")
                        .setS3(new S3Location("https://bucket/key", null))
                        .build()),
            at + ".image.s3.uri"),
        arguments(block().setDocument(document("exe", "a")), at + ".document.format"),
        arguments(block().setDocument(document("pdf", "a  b")), at + ".document.name"),
        arguments(block().setDocument(document("pdf", "a.b")), at + ".document.name"),
        arguments(block().setToolUse(new ToolUseBlock("t", "n", "{}")), at + ".toolUse"),
        arguments(block().setReasoning(new ReasoningBlock("a", null, null)), at + ".reasoning"),
        arguments(block().setCachePoint(new CachePointBlock("2h")), at + ".cachePoint.ttl"),
        arguments(result("", part().setText("a")), at + ".toolResult.toolUseId"),
        arguments(result("t", part()), at + ".toolResult.content[0]"),
        arguments(result("t", part().setJson("{")), at + ".toolResult.content[0].json"),
        arguments(
            result("t", part().setImage(image("bmp", 1))),
            at + ".toolResult.content[0].image.format"));
  }

  @ParameterizedTest
  @MethodSource("brokenBlocks")
  void aBrokenBlockIsNamed(ContentBlock.Builder broken, String field) {
    // Given
    PromptRequest prompt = asking(block().setText("Hi"), broken).build();

    // Then
    assertThat(RequestRules.check(prompt).map(Violation::field)).contains(field);
  }

  static Stream<Arguments> brokenParameters() {
    return Stream.of(
        prompt("messages", it -> it.setMessages(List.of())),
        prompt(
            "messages[0].role",
            it -> it.setMessages(List.of(new Message(Role.UNKNOWN, List.of(text("Hi")))))),
        prompt(
            "messages[0].content[0].document",
            it ->
                it.setMessages(
                    List.of(
                        new Message(
                            Role.USER,
                            List.of(block().setDocument(document("pdf", "a")).build()))))),
        prompt("messages", it -> it.setMessages(many(21, block().setImage(image("png", 1))))),
        prompt(
            "messages", it -> it.setMessages(many(6, block().setDocument(document("pdf", "a"))))),
        prompt(
            "messages[0].content[0].toolUse.input",
            it ->
                it.setMessages(
                    List.of(
                        new Message(
                            Role.ASSISTANT,
                            List.of(
                                block().setToolUse(new ToolUseBlock("t", "n", "nope")).build()))))),
        prompt(
            "messages[0].content[5].cachePoint",
            it ->
                it.setMessages(
                    List.of(
                        new Message(
                            Role.USER,
                            List.of(
                                text("Hi"),
                                point("1h"),
                                point("1h"),
                                point("5m"),
                                point(null),
                                point(null)))))),
        prompt(
            "messages[0].content[1].cachePoint.ttl",
            it ->
                it.setSystem(
                        List.of(
                            SystemBlock.newBuilder().setText("Hi").build(),
                            SystemBlock.newBuilder()
                                .setCachePoint(new CachePointBlock(null))
                                .build()))
                    .setMessages(
                        List.of(new Message(Role.USER, List.of(text("Hi"), point("1h")))))),
        prompt("system[0]", it -> it.setSystem(List.of(SystemBlock.newBuilder().build()))),
        inference("inference.maxTokens", it -> it.setMaxTokens(0)),
        inference("inference.temperature", it -> it.setTemperature(1.5)),
        inference("inference.temperature", it -> it.setTemperature(Double.NaN)),
        inference("inference.topP", it -> it.setTopP(-0.1)),
        inference("inference.effort", it -> it.setEffort("utmost")),
        inference("inference.stopSequences", it -> it.setStopSequences(List.of(""))),
        inference(
            "inference.stopSequences", it -> it.setStopSequences(Collections.nCopies(2501, "a"))),
        tools("tools.tools", it -> it.setTools(List.of())),
        tools("tools.tools[0].name", it -> it.setTools(List.of(tool("a b", "{}")))),
        tools("tools.tools[0].inputSchema", it -> it.setTools(List.of(tool("a", "[]")))),
        tools("tools.tools[1].name", it -> it.setTools(List.of(tool("a", "{}"), tool("a", "{}")))),
        tools("tools.choiceName", it -> it.setChoice(ToolChoiceMode.NAMED)),
        tools("tools.choiceName", it -> it.setChoiceName("a")),
        tools("tools.choiceName", it -> it.setChoice(ToolChoiceMode.NAMED).setChoiceName("other")),
        tools("tools.choice", it -> it.setChoice(ToolChoiceMode.UNKNOWN)),
        prompt(
            "outputFormat.jsonSchema",
            it -> it.setOutputFormat(new OutputFormat("string", null, null))),
        prompt(
            "guardrail.version", it -> it.setGuardrail(new GuardrailConfiguration("g", "latest"))),
        prompt("additionalModelFields", it -> it.setAdditionalModelFields("{} {}")),
        prompt("additionalResponsePaths[0]", it -> it.setAdditionalResponsePaths(List.of("a"))),
        prompt(
            "additionalResponsePaths",
            it -> it.setAdditionalResponsePaths(Collections.nCopies(11, "/a"))));
  }

  @ParameterizedTest
  @MethodSource("brokenParameters")
  void aBrokenParameterIsNamed(String field, Consumer<PromptRequest.Builder> breaking) {
    // Given
    PromptRequest.Builder prompt = asking(block().setText("Hi"));
    breaking.accept(prompt);

    // Then
    assertThat(RequestRules.check(prompt.build()).map(Violation::field)).contains(field);
  }

  @ParameterizedTest
  @CsvSource({
    "amazon.titan-embed-text-v1, 1536, FLOAT, , , ",
    "amazon.titan-embed-text-v1, 1024, FLOAT, , , dimensions",
    "amazon.titan-embed-text-v1, , BINARY, , , encoding",
    "amazon.titan-embed-text-v1, , FLOAT, true, , normalize",
    "amazon.titan-embed-text-v2:0, 256, BINARY, false, NONE, ",
    "amazon.titan-embed-text-v2:0, 384, FLOAT, , , dimensions",
    "amazon.titan-embed-text-v2:0, , INT8, , , encoding",
    "amazon.titan-embed-text-v2:0, , FLOAT, , END, truncation",
    "cohere.embed-english-v3, 1024, UBINARY, , START, ",
    "cohere.embed-english-v3, 512, FLOAT, , , dimensions",
    "us.cohere.embed-v4:0, 1536, INT8, , END, ",
    "us.cohere.embed-v4:0, , FLOAT, true, , normalize",
    "amazon.nova-2-multimodal-embeddings-v1:0, 3072, FLOAT, , END, ",
    "amazon.nova-2-multimodal-embeddings-v1:0, , UINT8, , , encoding",
    "acme.embed-v1, 7, INT8, true, END, ",
  })
  void aTextAsksOnlyForWhatItsModelOffers(
      String model,
      Integer dimensions,
      VectorEncoding encoding,
      Boolean normalize,
      Truncation truncation,
      String field) {
    // Given
    EmbeddingRequest text =
        EmbeddingRequest.newBuilder()
            .setModel("embed")
            .setText("a")
            .setDimensions(dimensions)
            .setEncoding(encoding)
            .setNormalize(normalize)
            .setTruncation(truncation)
            .build();

    // Then
    assertThat(RequestRules.check(text, model).map(Violation::field).orElse(null)).isEqualTo(field);
  }

  @Test
  void aTextThatIsBlankOrTooLongIsTold() {
    // Given
    EmbeddingRequest.Builder text = EmbeddingRequest.newBuilder().setModel("embed");
    String titan = "amazon.titan-embed-text-v2:0";

    // Then
    assertThat(RequestRules.check(text.setText(" ").build(), titan)).isPresent();
    assertThat(RequestRules.check(text.setText("a".repeat(50_001)).build(), titan)).isPresent();
    assertThat(RequestRules.check(text.setText("a".repeat(50_000)).build(), titan)).isEmpty();
    assertThat(
            RequestRules.check(
                text.setText("a").setPurpose(EmbeddingPurpose.UNKNOWN).build(), titan))
        .isPresent();
  }

  private static Arguments prompt(String field, Consumer<PromptRequest.Builder> breaking) {
    return arguments(field, breaking);
  }

  private static Arguments inference(String field, Consumer<InferenceParameters.Builder> breaking) {
    return prompt(
        field,
        it -> {
          InferenceParameters.Builder parameters = InferenceParameters.newBuilder();
          breaking.accept(parameters);
          it.setInference(parameters.build());
        });
  }

  private static Arguments tools(String field, Consumer<ToolConfiguration.Builder> breaking) {
    return prompt(
        field,
        it -> {
          ToolConfiguration.Builder tools =
              ToolConfiguration.newBuilder().setTools(List.of(tool("a", "{}")));
          breaking.accept(tools);
          it.setTools(tools.build());
        });
  }

  private static Tool tool(String name, String schema) {
    return Tool.newBuilder().setName(name).setInputSchema(schema).build();
  }

  private static PromptRequest.Builder asking(ContentBlock.Builder... blocks) {
    return PromptRequest.newBuilder()
        .setModel("chat")
        .setMessages(
            List.of(
                new Message(
                    Role.USER, Arrays.stream(blocks).map(ContentBlock.Builder::build).toList())));
  }

  private static List<Message> many(int count, ContentBlock.Builder block) {
    return Collections.nCopies(count, new Message(Role.USER, List.of(text("Hi"), block.build())));
  }

  private static ContentBlock.Builder result(String id, ToolResultContent.Builder content) {
    return block().setToolResult(new ToolResultBlock(id, List.of(content.build()), null));
  }

  private static ContentBlock text(String text) {
    return block().setText(text).build();
  }

  private static ImageBlock image(String format, int size) {
    return ImageBlock.newBuilder().setFormat(format).setBytes(ByteBuffer.allocate(size)).build();
  }

  private static DocumentBlock document(String format, String name) {
    return DocumentBlock.newBuilder()
        .setFormat(format)
        .setName(name)
        .setBytes(ByteBuffer.allocate(1))
        .build();
  }

  private static ContentBlock point(@Nullable String ttl) {
    return block().setCachePoint(new CachePointBlock(ttl)).build();
  }
}
