/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.processors.model.Prompts;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.InferenceParameters;
import io.streambed.schemas.Message;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Role;
import io.streambed.schemas.ToolUseBlock;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointType;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock.Type;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultStatus;

class ConverseRequestsTest {

  private final ConverseRequest rich =
      ConverseRequests.of(Calls.prompt(Calls.CHAT, Prompts.rich().build()));

  @Test
  void messagesKeepTheirBlocksInOrder() {
    assertThat(rich.messages())
        .extracting(software.amazon.awssdk.services.bedrockruntime.model.Message::role)
        .containsExactly(ConversationRole.USER, ConversationRole.ASSISTANT, ConversationRole.USER);
    assertThat(rich.messages().get(0).content())
        .extracting(software.amazon.awssdk.services.bedrockruntime.model.ContentBlock::type)
        .containsExactly(Type.TEXT, Type.IMAGE, Type.DOCUMENT, Type.CACHE_POINT);
    assertThat(rich.messages().get(1).content())
        .extracting(software.amazon.awssdk.services.bedrockruntime.model.ContentBlock::type)
        .containsExactly(Type.REASONING_CONTENT, Type.REASONING_CONTENT, Type.TOOL_USE);
  }

  @Test
  void mediaKeepTheirBytesOrTheirPlace() {
    // When
    var content = rich.messages().get(0).content();

    // Then
    assertThat(content.get(1).image().formatAsString()).isEqualTo("png");
    assertThat(content.get(1).image().source().bytes().asByteArray()).containsExactly(1, 2, 3);
    assertThat(content.get(2).document().name()).isEqualTo("report");
    assertThat(content.get(2).document().formatAsString()).isEqualTo("pdf");
    assertThat(content.get(2).document().source().s3Location().uri())
        .isEqualTo("s3://bucket/report.pdf");
    assertThat(content.get(2).document().source().s3Location().bucketOwner())
        .isEqualTo("123456789012");
    assertThat(content.get(3).cachePoint().type()).isEqualTo(CachePointType.DEFAULT);
    assertThat(content.get(3).cachePoint().ttlAsString()).isNull();
  }

  @Test
  void reasoningAndToolsGoBackAsTheyCame() {
    // When
    var content = rich.messages().get(1).content();
    var result = rich.messages().get(2).content().get(0).toolResult();

    // Then
    assertThat(content.get(0).reasoningContent().reasoningText().text()).isEqualTo("Let me see");
    assertThat(content.get(0).reasoningContent().reasoningText().signature()).isEqualTo("sig");
    assertThat(content.get(1).reasoningContent().redactedContent().asByteArray())
        .containsExactly(9, 8);
    assertThat(content.get(2).toolUse().input().asMap())
        .extractingByKey("n")
        .extracting(number -> number.asNumber().bigDecimalValue())
        .isEqualTo(new BigDecimal("12345678901234567890.10"));
    assertThat(result.toolUseId()).isEqualTo("t1");
    assertThat(result.status()).isEqualTo(ToolResultStatus.ERROR);
    assertThat(result.content())
        .extracting(ToolResultContentBlock::type)
        .containsExactly(
            ToolResultContentBlock.Type.TEXT,
            ToolResultContentBlock.Type.JSON,
            ToolResultContentBlock.Type.IMAGE,
            ToolResultContentBlock.Type.DOCUMENT);
  }

  @Test
  void parametersAreAllSent() {
    // When
    var tool = rich.toolConfig().tools().get(0).toolSpec();
    var schema = rich.outputConfig().textFormat().structure().jsonSchema();

    // Then
    assertThat(rich.system().get(0).text()).isEqualTo("Be brief.");
    assertThat(rich.system().get(1).cachePoint().ttlAsString()).isEqualTo("1h");
    assertThat(rich.inferenceConfig().maxTokens()).isEqualTo(200);
    assertThat(rich.inferenceConfig().temperature()).isEqualTo(0.5f);
    assertThat(rich.inferenceConfig().topP()).isEqualTo(0.25f);
    assertThat(rich.inferenceConfig().stopSequences()).containsExactly("END");
    assertThat(rich.outputConfig().effort()).isEqualTo("high");
    assertThat(rich.outputConfig().textFormat().typeAsString()).isEqualTo("json_schema");
    assertThat(schema.schema()).isEqualTo("{\"type\":\"object\"}");
    assertThat(schema.name()).isEqualTo("answer");
    assertThat(schema.description()).isEqualTo("The answer");
    assertThat(tool.name()).isEqualTo("lookup");
    assertThat(tool.description()).isEqualTo("Looks up");
    assertThat(tool.strict()).isTrue();
    assertThat(tool.inputSchema().json().asMap()).containsKey("type");
    assertThat(rich.toolConfig().tools().get(1).cachePoint().ttlAsString()).isEqualTo("1h");
    assertThat(rich.toolConfig().toolChoice().tool().name()).isEqualTo("lookup");
    assertThat(rich.guardrailConfig().guardrailIdentifier()).isEqualTo("g1");
    assertThat(rich.guardrailConfig().guardrailVersion()).isEqualTo("3");
    assertThat(rich.additionalModelRequestFields().asMap())
        .extractingByKey("top_k")
        .extracting(number -> number.asNumber().intValue())
        .isEqualTo(40);
    assertThat(rich.additionalModelResponseFieldPaths()).containsExactly("/stop_sequence");
  }

  @Test
  void whatIsNotAskedForIsNotSent() {
    // When
    ConverseRequest plain = ConverseRequests.of(Calls.prompt("Hi"));

    // Then
    assertThat(plain.inferenceConfig().maxTokens()).isEqualTo(200);
    assertThat(plain.inferenceConfig().temperature()).isNull();
    assertThat(plain.inferenceConfig().hasStopSequences()).isFalse();
    assertThat(plain.hasSystem()).isFalse();
    assertThat(plain.toolConfig()).isNull();
    assertThat(plain.outputConfig()).isNull();
    assertThat(plain.guardrailConfig()).isNull();
    assertThat(plain.additionalModelRequestFields()).isNull();
    assertThat(plain.hasAdditionalModelResponseFieldPaths()).isFalse();
  }

  @Test
  void anEffortAloneMakesAnOutputConfigurationWithoutFormat() {
    // Given
    PromptRequest prompt =
        Calls.asking("Hi")
            .setInference(InferenceParameters.newBuilder().setEffort("low").build())
            .build();

    // When
    ConverseRequest request = ConverseRequests.of(Calls.prompt(Calls.CHAT, prompt));

    // Then
    assertThat(request.outputConfig().effort()).isEqualTo("low");
    assertThat(request.outputConfig().textFormat()).isNull();
  }

  @Test
  void readingARequestLeavesItAsItWas() {
    // Given
    PromptRequest prompt = Prompts.rich().build();

    // When
    ConverseRequests.of(Calls.prompt(Calls.CHAT, prompt));

    // Then
    assertThat(prompt).isEqualTo(Prompts.rich().build());
    assertThat(ConverseRequests.of(Calls.prompt(Calls.CHAT, prompt))).isEqualTo(rich);
  }

  @Test
  void whatCannotBeSentIsRefusedAndNotQuoted() {
    // Given
    ContentBlock broken =
        ContentBlock.newBuilder().setToolUse(new ToolUseBlock("t", "n", "{canary")).build();

    // Then
    assertThatThrownBy(() -> ConverseRequests.of(Calls.prompt(Calls.CHAT, saying(broken))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("canary");
    assertThatThrownBy(() ->
            ConverseRequests.of(
                Calls.prompt(Calls.CHAT, saying(ContentBlock.newBuilder().build()))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static PromptRequest saying(ContentBlock block) {
    return Calls.asking("Hi")
        .setMessages(List.of(new Message(Role.ASSISTANT, List.of(block))))
        .build();
  }
}
