/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.local.bedrock.latency.Latencies;
import io.streambed.local.bedrock.latency.Latency;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/** A stand-in and three clients for each class; each test finds the stand-in as if it were new. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Stand {
  static final String NOVA = "amazon.nova-micro-v1:0";
  static final String TITAN = "amazon.titan-embed-text-v2:0";
  static final String COHERE = "cohere.embed-english-v3";

  LocalBedrock bedrock;
  BedrockRuntimeClient sync;
  SdkAsyncHttpClient http1Transport;
  BedrockRuntimeAsyncClient http1;
  BedrockRuntimeAsyncClient http2;

  @BeforeAll
  void startStand() {
    bedrock = LocalBedrock.start(BedrockOptions.ephemeral());
    sync = AwsClients.sync(bedrock.url());
    http1Transport = AwsClients.http1Transport();
    http1 = AwsClients.http1(bedrock.url(), http1Transport);
    http2 = AwsClients.http2(bedrock.url());
  }

  @BeforeEach
  void forgetWhatTestsDid() {
    bedrock.ledger().clear();
    bedrock.faults().clear();
    bedrock.quotas().clear();
    bedrock.latency(Latencies.ANY_MODEL, Latency.NONE);
    bedrock.latency(NOVA, Latency.NONE);
  }

  @AfterAll
  void stopStand() {
    sync.close();
    http1.close();
    http1Transport.close();
    http2.close();
    bedrock.close();
  }

  /** The client of that name, for tests that run on each. */
  BedrockRuntimeAsyncClient client(String protocol) {
    return protocol.equals("http1") ? http1 : http2;
  }

  static ConverseRequest prompt(String text) {
    return prompt(text, 400, "attempt-1");
  }

  static ConverseRequest prompt(String text, int maxTokens, String attempt) {
    return ConverseRequest.builder()
        .modelId(NOVA)
        .messages(
            Message.builder()
                .role(ConversationRole.USER)
                .content(ContentBlock.fromText(text))
                .build())
        .inferenceConfig(c -> c.maxTokens(maxTokens))
        .requestMetadata(Map.of("streambed-attempt", attempt, "tenant", "acme"))
        .build();
  }

  static InvokeModelRequest invoke(String model, String body) {
    return InvokeModelRequest.builder()
        .modelId(model)
        .contentType("application/json")
        .body(SdkBytes.fromUtf8String(body))
        .build();
  }

  /** The exception that a future ended with. */
  static Throwable failure(CompletableFuture<?> future) {
    Throwable failure = future.handle((answer, thrown) -> thrown).join();
    if (failure instanceof CompletionException wrapper && wrapper.getCause() != null) {
      return wrapper.getCause();
    }
    assertThat(failure).as("the call fails").isNotNull();
    return failure;
  }
}
