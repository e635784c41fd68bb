/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.peers.streams;

import io.streambed.peers.work.PeerOptions;
import io.streambed.processors.bedrock.BedrockConfig;
import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.ModelCall;
import io.streambed.processors.model.ModelCall.PromptCall;
import io.streambed.processors.model.ModelClient;
import io.streambed.processors.model.ModelResult;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClientBuilder;

/** The SDK's blocking client with the product's settings; each call is done when it returns. */
final class BlockingModelClient implements ModelClient {

  private final BedrockRuntimeClient client;

  /**
   * @param threads how many call at a time
   */
  BlockingModelClient(PeerOptions options, int threads) {
    BedrockConfig config = options.calls();
    BedrockRuntimeClientBuilder builder =
        BedrockRuntimeClient.builder()
            .region(Region.of(config.region()))
            // The stand-in looks at no signature, but the work of signing must be done.
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
            .overrideConfiguration(override ->
                override
                    .retryStrategy(AwsRetryStrategy.doNotRetry())
                    .apiCallTimeout(config.callTimeout()))
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .maxConnections(threads)
                    .connectionAcquisitionTimeout(config.acquireTimeout())
                    .connectionTimeout(config.connectTimeout())
                    .socketTimeout(config.readTimeout())
                    .tcpKeepAlive(true));
    config.endpoint().ifPresent(builder::endpointOverride);
    this.client = builder.build();
  }

  @Override
  public CompletableFuture<ModelResult> call(ModelCall call) {
    PromptCall prompt = (PromptCall) call;
    try {
      return CompletableFuture.completedFuture(
          TextConverse.answer(client.converse(TextConverse.request(prompt))));
    } catch (AwsServiceException e) {
      return failed(e.isThrottlingException() ? CallFailure.THROTTLED : CallFailure.PROVIDER_ERROR);
    } catch (SdkException e) {
      return failed(CallFailure.CONNECTION);
    }
  }

  private static CompletableFuture<ModelResult> failed(CallFailure reason) {
    return CompletableFuture.completedFuture(ModelResult.Failed.of(reason, "the call failed"));
  }

  @Override
  public void close() {
    client.close();
  }
}
