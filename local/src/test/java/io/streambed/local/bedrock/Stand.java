/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/** A fresh stand-in and three clients for each test. */
abstract class Stand {
  static final String NOVA = "amazon.nova-micro-v1:0";
  static final String TITAN = "amazon.titan-embed-text-v2:0";
  static final String COHERE = "cohere.embed-english-v3";

  LocalBedrock bedrock;
  BedrockRuntimeClient sync;
  SdkAsyncHttpClient http1Transport;
  BedrockRuntimeAsyncClient http1;
  BedrockRuntimeAsyncClient http2;

  @BeforeEach
  void startStand() {
    bedrock = LocalBedrock.start(BedrockOptions.ephemeral());
    sync = AwsClients.sync(bedrock.url());
    http1Transport = AwsClients.http1Transport();
    http1 = AwsClients.http1(bedrock.url(), http1Transport);
    http2 = AwsClients.http2(bedrock.url());
  }

  @AfterEach
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
