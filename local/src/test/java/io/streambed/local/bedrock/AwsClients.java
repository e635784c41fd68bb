/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** Unmodified AWS clients that talk to a stand-in. */
final class AwsClients {
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret"));

  private AwsClients() {}

  static BedrockRuntimeClient sync(String url) {
    return BedrockRuntimeClient.builder()
        .endpointOverride(URI.create(url))
        .region(Region.EU_WEST_1)
        .credentialsProvider(CREDENTIALS)
        .httpClient(UrlConnectionHttpClient.create())
        .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  /** With the SDK's default HTTP client, which speaks HTTP/2 without asking. */
  static BedrockRuntimeAsyncClient http2(String url) {
    return BedrockRuntimeAsyncClient.builder()
        .endpointOverride(URI.create(url))
        .region(Region.EU_WEST_1)
        .credentialsProvider(CREDENTIALS)
        .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  /** A transport that is given to a client is not closed with it. */
  static SdkAsyncHttpClient http1Transport() {
    return NettyNioAsyncHttpClient.builder()
        .protocol(Protocol.HTTP1_1)
        .maxConcurrency(500)
        .readTimeout(Duration.ofSeconds(20))
        .build();
  }

  static BedrockRuntimeAsyncClient http1(String url, SdkAsyncHttpClient transport) {
    return BedrockRuntimeAsyncClient.builder()
        .endpointOverride(URI.create(url))
        .region(Region.EU_WEST_1)
        .credentialsProvider(CREDENTIALS)
        .httpClient(transport)
        .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }
}
