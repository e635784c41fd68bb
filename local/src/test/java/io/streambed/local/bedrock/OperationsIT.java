/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;

/** Every operation, by the unmodified clients of AWS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsIT {
  private static final String NOVA = "amazon.nova-micro-v1:0";

  private LocalBedrock bedrock;
  private BedrockRuntimeClient sync;
  private BedrockRuntimeAsyncClient http1;
  private BedrockRuntimeAsyncClient http2;

  @BeforeAll
  void start() {
    bedrock = LocalBedrock.start(BedrockOptions.ephemeral());
    sync = AwsClients.sync(bedrock.url());
    http1 = AwsClients.http1(bedrock.url());
    http2 = AwsClients.http2(bedrock.url());
  }

  @AfterAll
  void stop() {
    sync.close();
    http1.close();
    http2.close();
    bedrock.close();
  }

  Stream<BedrockRuntimeAsyncClient> asyncClients() {
    return Stream.of(http1, http2);
  }

  static ConverseRequest prompt(String text, int maxTokens) {
    return ConverseRequest.builder()
        .modelId(NOVA)
        .messages(m -> m.role(ConversationRole.USER).content(ContentBlock.fromText(text)))
        .inferenceConfig(c -> c.maxTokens(maxTokens))
        .requestMetadata(Map.of("streambed-attempt", "a-1"))
        .build();
  }

  @Test
  void aSyncClientGetsAnAnswer() {
    // When
    ConverseResponse response = sync.converse(prompt("Why do rivers meander in plains?", 400));

    // Then
    assertThat(response.output().message().content().getFirst().text()).isNotBlank();
    assertThat(response.stopReasonAsString()).isEqualTo("end_turn");
    assertThat(response.usage().inputTokens()).isBetween(5, 20);
    assertThat(response.usage().totalTokens())
        .isEqualTo(response.usage().inputTokens() + response.usage().outputTokens());
  }

  @ParameterizedTest
  @MethodSource("asyncClients")
  void anAsyncClientGetsTheSameAnswerOverEitherHttp(BedrockRuntimeAsyncClient client) {
    // Given
    ConverseRequest request = prompt("Name three uses of basalt.", 400);

    // When
    ConverseResponse response = client.converse(request).join();

    // Then
    assertThat(response.output()).isEqualTo(sync.converse(request).output());
  }

  @Test
  void titanEmbedsOneText() throws Exception {
    // When
    InvokeModelResponse response =
        http1
            .invokeModel(r ->
                r.modelId("amazon.titan-embed-text-v2:0")
                    .body(
                        SdkBytes.fromUtf8String(
                            "{\"inputText\":\"hello\",\"dimensions\":256,\"normalize\":true}")))
            .join();

    // Then
    JsonNode body = new ObjectMapper().readTree(response.body().asByteArray());
    assertThat(body.get("embedding")).hasSize(256);
    assertThat(response.sdkHttpResponse().firstMatchingHeader("X-Amzn-Bedrock-Input-Token-Count"))
        .contains(body.get("inputTextTokenCount").asText());
  }

  @Test
  void cohereEmbedsManyTexts() throws Exception {
    // When
    InvokeModelResponse response =
        http2
            .invokeModel(r ->
                r.modelId("cohere.embed-english-v3")
                    .body(
                        SdkBytes.fromUtf8String(
                            "{\"texts\":[\"a\",\"b\"],\"input_type\":\"search_document\",\"embedding_types\":[\"float\",\"int8\"]}")))
            .join();

    // Then
    JsonNode body = new ObjectMapper().readTree(response.body().asByteArray());
    assertThat(body.at("/embeddings/float")).hasSize(2);
    assertThat(body.at("/embeddings/int8/1")).hasSize(1024);
    assertThat(body.get("response_type").asText()).isEqualTo("embeddings_by_type");
  }
}
