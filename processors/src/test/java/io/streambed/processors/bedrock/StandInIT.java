/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.local.bedrock.BedrockOptions;
import io.streambed.local.bedrock.LocalBedrock;
import io.streambed.local.bedrock.latency.Latency;
import io.streambed.local.bedrock.ledger.LedgerFilter;
import io.streambed.processors.model.EmbeddingFamily;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelCall;
import io.streambed.processors.model.ModelCall.EmbeddingCall;
import io.streambed.processors.model.ModelCall.PromptCall;
import io.streambed.processors.model.ModelResult;
import io.streambed.processors.model.ModelResult.PromptAnswered;
import io.streambed.processors.model.ModelResult.TextsEmbedded;
import io.streambed.processors.model.PriceTable;
import io.streambed.processors.model.Vector;
import io.streambed.schemas.InferenceParameters;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.SystemBlock;
import io.streambed.schemas.Tool;
import io.streambed.schemas.ToolChoiceMode;
import io.streambed.schemas.ToolConfiguration;
import io.streambed.schemas.ToolUseBlock;
import io.streambed.schemas.VectorEncoding;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against the stand-in for Bedrock: the real AWS client over real HTTP. */
class StandInIT {

  // More than the SDK's own 50 connections and their queue would take.
  private static final int MANY = 1_200;
  private static final Lane WIDE = new Lane(Calls.CHAT.modelId(), "us-east-1", MANY);

  private static LocalBedrock bedrock;
  private static BedrockModelClient client;

  @BeforeAll
  static void start() {
    bedrock = LocalBedrock.start(BedrockOptions.ephemeral());
    client = new BedrockModelClient(config(false), List.of(WIDE, Calls.TITAN));
  }

  @AfterAll
  static void stop() {
    client.close();
    bedrock.close();
  }

  @Test
  void aPromptIsAnsweredAndCostsWhatIsBilled() throws Exception {
    // Given
    PromptRequest prompt =
        Calls.asking("Which river runs through Dresden?")
            .setSystem(List.of(SystemBlock.newBuilder().setText("Be brief.").build()))
            .setInference(InferenceParameters.newBuilder().setTemperature(0.5).build())
            .build();
    ModelCall call = new PromptCall("paid-1", WIDE, "acme", prompt, 200);

    // When
    PromptAnswered answered = (PromptAnswered) result(client, call);

    // Then
    assertThat(answered.content()).isNotEmpty();
    assertThat(answered.stopReason()).isEqualTo("end_turn");
    assertThat(
            PriceTable.builtIn()
                .priceOf(WIDE.modelId(), LocalDate.now(java.time.ZoneOffset.UTC))
                .orElseThrow()
                .costOf(answered.usage()))
        .isPositive()
        .isEqualTo(bedrock.ledger().summary(LedgerFilter.ofAttempt("paid-1")).picoDollars());
  }

  @Test
  void aModelAsksForATool() throws Exception {
    // Given
    PromptRequest prompt =
        Calls.asking("What is the weather in Seattle?")
            .setTools(
                ToolConfiguration.newBuilder()
                    .setTools(
                        List.of(
                            Tool.newBuilder()
                                .setName("weather")
                                .setInputSchema(
                                    "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":"
                                        + "\"string\"}},\"required\":[\"city\"]}")
                                .build()))
                    .setChoice(ToolChoiceMode.ANY)
                    .build())
            .build();

    // When
    PromptAnswered answered = (PromptAnswered) result(client, Calls.prompt(WIDE, prompt));

    // Then
    assertThat(answered.stopReason()).isEqualTo("tool_use");
    ToolUseBlock use =
        answered.content().stream()
            .flatMap(block -> block.getToolUse().stream())
            .findFirst()
            .orElseThrow();
    assertThat(use.getName()).isEqualTo("weather");
    assertThat(use.getInput()).startsWith("{\"city\":");
  }

  @ParameterizedTest
  @CsvSource({
    "amazon.titan-embed-text-v1, FLOAT, , 1536",
    "amazon.titan-embed-text-v2:0, FLOAT, 256, 256",
    "amazon.titan-embed-text-v2:0, BINARY, 512, 512",
    "cohere.embed-english-v3, FLOAT, , 1024",
    "cohere.embed-multilingual-v3, INT8, , 1024",
    "cohere.embed-english-v3, UBINARY, , 1024",
    "cohere.embed-v4:0, UINT8, 256, 256",
    "us.cohere.embed-v4:0, BINARY, , 1536",
    "amazon.nova-2-multimodal-embeddings-v1:0, FLOAT, 384, 384",
  })
  void textsAreEmbeddedByEveryFamily(
      String model, VectorEncoding encoding, Integer dimensions, int length) throws Exception {
    // Given: as many texts as the family takes at once, three at most
    int texts = Math.min(3, EmbeddingFamily.of(model).orElseThrow().maxBatch());
    ModelCall call =
        new EmbeddingCall(
            "embed-" + model + encoding,
            new Lane(model, "us-east-1", 4),
            "acme",
            Stream.of("a river", "a stream", "a bed")
                .limit(texts)
                .map(Calls::embedding)
                .map(it -> it.setEncoding(encoding).setDimensions(dimensions).build())
                .toList());

    // When
    TextsEmbedded embedded = (TextsEmbedded) result(client, call);

    // Then
    assertThat(embedded.vectors())
        .hasSize(texts)
        .allSatisfy(vector -> assertThat(vector.dimensions()).isEqualTo(length))
        .allSatisfy(vector ->
            assertThat(vector instanceof Vector.Floats)
                .isEqualTo(encoding == VectorEncoding.FLOAT));
    assertThat(embedded.usage().getInputTokens()).isPositive();
    // Cohere's answers have no count, neither in the body nor in a header.
    assertThat(embedded.estimated()).isEqualTo(model.contains("cohere"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aThousandCallsAndMoreAreOpenAtOnce(boolean http2) throws Exception {
    // Given
    bedrock.latency(WIDE.modelId(), new Latency.Fixed(Duration.ofSeconds(4)));
    bedrock.ledger().clear();
    try (BedrockModelClient wide = new BedrockModelClient(config(http2), List.of(WIDE))) {
      // When
      List<CompletableFuture<ModelResult>> open =
          IntStream.range(0, MANY).mapToObj(i -> wide.call(numbered(i))).toList();
      CompletableFuture.allOf(open.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

      // Then
      assertThat(open).allMatch(it -> it.join() instanceof PromptAnswered);
      assertThat(bedrock.ledger().mostOpen()).isEqualTo(MANY);
    } finally {
      bedrock.latency(WIDE.modelId(), Latency.NONE);
    }
  }

  private static ModelCall numbered(int number) {
    return new PromptCall(
        "many-" + number, WIDE, "acme", Calls.asking("Number " + number).build(), 50);
  }

  private static ModelResult result(BedrockModelClient client, ModelCall call) throws Exception {
    return client.call(call).get(30, TimeUnit.SECONDS);
  }

  private static BedrockConfig config(boolean http2) {
    BedrockConfig defaults = BedrockConfig.inRegion("us-east-1");
    return new BedrockConfig(
        defaults.region(),
        Optional.of(URI.create(bedrock.url())),
        http2,
        defaults.connectTimeout(),
        defaults.acquireTimeout(),
        defaults.readTimeout(),
        defaults.callTimeout(),
        defaults.profile(),
        defaults.assumedRole());
  }
}
