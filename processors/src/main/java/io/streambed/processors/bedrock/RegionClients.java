/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import io.streambed.processors.model.Lane;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClientBuilder;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * One SDK client a region. The SDK's defaults (50 connections, answers within 30 s, four attempts)
 * fail under load and pay for slow answers several times; what is set here was measured with 1,000
 * and 5,000 open calls.
 */
final class RegionClients implements AutoCloseable {

  // A finishing call starts the next before its connection is back in the pool.
  private static final double HEADROOM = 1.1;
  private static final int LEAST_HEADROOM = 64;
  private static final int LEAST_PENDING = 10_000;

  private final BedrockConfig config;
  private final Map<String, Integer> callsByRegion;
  private final AwsCredentialsProvider credentials;
  private final Map<String, BedrockRuntimeAsyncClient> clients = new ConcurrentHashMap<>();
  private final Queue<SdkAutoCloseable> connections = new ConcurrentLinkedQueue<>();

  RegionClients(BedrockConfig config, Collection<Lane> lanes, AwsCredentialsProvider credentials) {
    this.config = config;
    this.credentials = credentials;
    this.callsByRegion =
        lanes.stream()
            .distinct()
            .collect(Collectors.toUnmodifiableMap(Lane::region, Lane::concurrency, Math::addExact));
  }

  BedrockRuntimeAsyncClient of(Lane lane) {
    return clients.computeIfAbsent(
        lane.region(),
        region -> build(region, callsByRegion.getOrDefault(region, lane.concurrency())));
  }

  private BedrockRuntimeAsyncClient build(String region, int calls) {
    NettyNioAsyncHttpClient.Builder http =
        NettyNioAsyncHttpClient.builder()
            .maxConcurrency(maxConcurrency(calls))
            .maxPendingConnectionAcquires(Math.max(LEAST_PENDING, 2 * calls))
            .connectionAcquisitionTimeout(config.acquireTimeout())
            .connectionTimeout(config.connectTimeout())
            .tlsNegotiationTimeout(config.connectTimeout())
            .readTimeout(config.readTimeout())
            .tcpKeepAlive(true)
            .eventLoopGroupBuilder(
                SdkEventLoopGroup.builder()
                    .numberOfThreads(Runtime.getRuntime().availableProcessors()));
    BedrockRuntimeAsyncClientBuilder client =
        BedrockRuntimeAsyncClient.builder()
            .region(Region.of(region))
            .credentialsProvider(credentials)
            .overrideConfiguration(
                ClientOverrideConfiguration.builder()
                    .retryStrategy(AwsRetryStrategy.doNotRetry())
                    .apiCallTimeout(config.callTimeout())
                    .build())
            // What follows a call only maps its answer: no thread of its own.
            .asyncConfiguration(async ->
                async.advancedOption(
                    SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run));
    config.endpoint().ifPresent(client::endpointOverride);
    if (config.http2()) {
      // As a builder the service's own default applies, which is HTTP/2; an instance pins its own.
      client.httpClientBuilder(http.protocol(Protocol.HTTP2));
    } else {
      SdkAsyncHttpClient instance = http.protocol(Protocol.HTTP1_1).build();
      // The SDK closes what it built itself, and not what it was given.
      connections.add(instance);
      client.httpClient(instance);
    }
    return client.build();
  }

  static int maxConcurrency(int calls) {
    return Math.max((int) Math.ceil(calls * HEADROOM), calls + LEAST_HEADROOM);
  }

  @Override
  public void close() {
    clients.values().forEach(BedrockRuntimeAsyncClient::close);
    connections.forEach(SdkAutoCloseable::close);
  }
}
