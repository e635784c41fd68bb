/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.local.bedrock.fault.Fault;
import io.streambed.local.bedrock.fault.FaultEffect;
import io.streambed.local.bedrock.ledger.CallOutcome;
import io.streambed.local.bedrock.wire.ErrorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** ConverseStream, by the unmodified async clients of AWS. */
class StreamIT extends Stand {

  /** What came, in order. */
  private record Heard(List<String> events, StringBuilder text, CompletableFuture<Void> done) {}

  private static Heard hear(BedrockRuntimeAsyncClient client, ConverseRequest prompt) {
    List<String> events = Collections.synchronizedList(new ArrayList<>());
    StringBuilder text = new StringBuilder();
    ConverseStreamResponseHandler handler =
        ConverseStreamResponseHandler.builder()
            .subscriber(
                ConverseStreamResponseHandler.Visitor.builder()
                    .onMessageStart(e -> events.add("messageStart"))
                    .onContentBlockDelta(e -> {
                      events.add("delta");
                      text.append(e.delta().text());
                    })
                    .onContentBlockStop(e -> events.add("contentBlockStop"))
                    .onMessageStop(e -> events.add("messageStop " + e.stopReasonAsString()))
                    .onMetadata(e -> events.add("metadata " + e.usage().outputTokens()))
                    .build())
            .build();
    ConverseStreamRequest request =
        ConverseStreamRequest.builder()
            .modelId(prompt.modelId())
            .messages(prompt.messages())
            .inferenceConfig(prompt.inferenceConfig())
            .requestMetadata(prompt.requestMetadata())
            .build();
    return new Heard(events, text, client.converseStream(request, handler));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http1", "http2"})
  void aStreamSaysTheSameAsAnAnswerThatIsWhole(String protocol) {
    // Given
    ConverseRequest prompt = prompt("Why is basalt dark?");

    // When
    Heard heard = hear(client(protocol), prompt);
    heard.done().join();

    // Then
    var whole = sync.converse(prompt);
    assertThat(heard.text()).hasToString(whole.output().message().content().getFirst().text());
    assertThat(heard.events())
        .startsWith("messageStart", "delta")
        .endsWith(
            "contentBlockStop", "messageStop end_turn", "metadata " + whole.usage().outputTokens());
    assertThat(bedrock.ledger().calls().getFirst().outcome())
        .isInstanceOf(CallOutcome.Answered.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http1", "http2"})
  void anErrorInTheMiddleComesAfterTheTextSoFar(String protocol) {
    // Given
    bedrock.faults().add(Fault.of(new FaultEffect.StreamError(ErrorType.MODEL_STREAM_ERROR, 3)));

    // When
    Heard heard = hear(client(protocol), prompt("Why is basalt dark?"));

    // Then
    assertThat(failure(heard.done())).isInstanceOf(ModelStreamErrorException.class);
    assertThat(heard.events()).containsExactly("messageStart", "delta", "delta");
    assertThat(bedrock.ledger().calls().getFirst().outcome())
        .isEqualTo(new CallOutcome.Broken("stream-error"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http1", "http2"})
  void throttlingInTheMiddleHasItsType(String protocol) {
    // Given
    bedrock.faults().add(Fault.of(new FaultEffect.StreamError(ErrorType.THROTTLING, 1)));

    // When
    Heard heard = hear(client(protocol), prompt("Why is basalt dark?"));

    // Then
    assertThat(failure(heard.done())).isInstanceOf(ThrottlingException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http1", "http2"})
  void aTruncatedStreamEndsWithoutAnErrorAndWithoutUsage(String protocol) {
    // Given
    bedrock.faults().add(Fault.of(new FaultEffect.TruncatedStream(2)));

    // When
    Heard heard = hear(client(protocol), prompt("Why is basalt dark?"));
    heard.done().join();

    // Then
    assertThat(heard.events()).containsExactly("messageStart", "delta");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http1", "http2"})
  void aFrameThatIsMalformedIsNoticed(String protocol) {
    // Given
    bedrock.faults().add(Fault.of(new FaultEffect.MalformedBody()));

    // When
    Heard heard = hear(client(protocol), prompt("Why is basalt dark?"));

    // Then
    assertThat(failure(heard.done())).isInstanceOf(SdkClientException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http1", "http2"})
  void aConnectionThatIsCutInTheMiddleLeavesTheEndOut(String protocol) {
    // Given
    bedrock.faults().add(Fault.of(new FaultEffect.CutBody()));

    // When: over HTTP/1.1 the SDK takes it for the end of the stream
    Heard heard = hear(client(protocol), prompt("Why is basalt dark?"));
    heard.done().exceptionally(cut -> null).join();

    // Then
    assertThat(heard.events()).isNotEmpty().doesNotContain("messageStop");
    assertThat(bedrock.ledger().calls().getFirst().outcome())
        .isInstanceOf(CallOutcome.Broken.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http1", "http2"})
  void aStreamWithoutAnEventEndsWithoutOne(String protocol) {
    // Given
    bedrock.faults().add(Fault.of(new FaultEffect.ForeignBody()));

    // When
    Heard heard = hear(client(protocol), prompt("Why is basalt dark?"));
    heard.done().join();

    // Then
    assertThat(heard.events()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http1", "http2"})
  void aWrongRequestIsRefusedBeforeTheStreamBegins(String protocol) {
    // When
    Heard heard = hear(client(protocol), prompt(" "));

    // Then
    assertThat(failure(heard.done())).isInstanceOf(ValidationException.class);
    assertThat(heard.events()).isEmpty();
  }
}
