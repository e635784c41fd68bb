/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.streambed.local.bedrock.BedrockOptions;
import io.streambed.local.bedrock.LocalBedrock;
import io.streambed.local.bedrock.fault.Fault;
import io.streambed.local.bedrock.fault.FaultEffect;
import io.streambed.local.bedrock.latency.Latency;
import io.streambed.local.bedrock.ledger.LedgerFilter;
import io.streambed.local.bedrock.wire.ErrorType;
import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.EmbeddingFamily;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelCall;
import io.streambed.processors.model.ModelCall.EmbeddingCall;
import io.streambed.processors.model.ModelCall.PromptCall;
import io.streambed.processors.model.ModelResult;
import io.streambed.processors.model.ModelResult.Failed;
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
import java.time.ZoneOffset;
import java.util.ArrayList;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The client against the stand-in for Bedrock: the real AWS client over real HTTP. */
class StandInIT {

  private static final Lane CHAT = Calls.CHAT;

  private static final List<BedrockModelClient> CLIENTS = new ArrayList<>();

  private static LocalBedrock bedrock;
  private static BedrockModelClient client;

  @BeforeAll
  static void start() {
    bedrock = LocalBedrock.start(BedrockOptions.ephemeral());
    client = new BedrockModelClient(config(false), List.of(CHAT, Calls.TITAN));
  }

  @AfterAll
  static void stop() {
    client.close();
    // Each takes two seconds to close.
    CLIENTS.parallelStream().forEach(BedrockModelClient::close);
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
    ModelCall call = new PromptCall("paid-1", CHAT, "acme", prompt, 200);

    // When
    PromptAnswered answered = (PromptAnswered) result(client, call);

    // Then
    assertThat(answered.content()).isNotEmpty();
    assertThat(answered.stopReason()).isEqualTo("end_turn");
    assertThat(
            PriceTable.builtIn()
                .priceOf(CHAT.modelId(), CHAT.tier().word(), LocalDate.now(ZoneOffset.UTC))
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
    PromptAnswered answered = (PromptAnswered) result(client, Calls.prompt(CHAT, prompt));

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

  @Test
  void manyCallsShareAConnectionByOption() throws Exception {
    // Given: more than the 50 streams of the SDK's default, each long enough to meet the others
    Lane lane = new Lane("us.amazon.nova-lite-v1:0", "us-east-1", 200);
    bedrock.latency(lane.modelId(), new Latency.Fixed(Duration.ofSeconds(3)));
    try (BedrockModelClient shared = new BedrockModelClient(config(true), List.of(lane))) {
      // When
      List<CompletableFuture<ModelResult>> open =
          IntStream.range(0, 200)
              .mapToObj(i -> shared.call(Calls.prompt(lane, Calls.asking("No. " + i).build())))
              .toList();

      // Then
      for (CompletableFuture<ModelResult> result : open) {
        assertThat(result.get(30, TimeUnit.SECONDS)).isInstanceOf(PromptAnswered.class);
      }
      assertThat(bedrock.ledger().mostOpen()).isGreaterThan(100);
    }
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        arguments(new FaultEffect.CutConnection(), CallFailure.CONNECTION),
        arguments(new FaultEffect.Hang(Duration.ofMillis(100)), CallFailure.CONNECTION),
        arguments(new FaultEffect.MalformedBody(), CallFailure.MALFORMED_ANSWER),
        arguments(new FaultEffect.CutBody(), CallFailure.CONNECTION),
        arguments(new FaultEffect.ForeignBody(), CallFailure.MALFORMED_ANSWER),
        arguments(new FaultEffect.Gateway(502), CallFailure.UNAVAILABLE),
        arguments(new FaultEffect.Gateway(504), CallFailure.TIMEOUT),
        arguments(new FaultEffect.Error(ErrorType.THROTTLING), CallFailure.THROTTLED),
        arguments(new FaultEffect.Error(ErrorType.MODEL_ERROR), CallFailure.PROVIDER_ERROR),
        arguments(new FaultEffect.Error(ErrorType.VALIDATION), CallFailure.UNKNOWN_MODEL_ID),
        arguments(
            new FaultEffect.Error(ErrorType.RESOURCE_NOT_FOUND), CallFailure.UNKNOWN_MODEL_ID));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultOnTheWayIsAFailure(FaultEffect effect, CallFailure reason) throws Exception {
    // Given
    bedrock.faults().add(Fault.of(effect).metadata("streambed-attempt", "faulty").next(1));

    // When: the SDK may still be closing the connection of the failure before
    BedrockModelClient own = new BedrockModelClient(config(false), List.of(CHAT));
    CLIENTS.add(own);
    ModelResult result =
        result(own, new PromptCall("faulty", CHAT, "acme", Calls.asking("Hi").build(), 50));

    // Then
    assertThat(result)
        .isInstanceOfSatisfying(Failed.class, it -> assertThat(it.reason()).isEqualTo(reason));
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
