/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.aws;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.common.config.types.Password;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClientBuilder;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * A client of Kinesis with all that has to be closed with it. Threads: any.
 *
 * <p>The client itself tries once: reads and writes are repeated by whoever sent them, who knows
 * what a repetition means.
 */
public final class KinesisClients implements AutoCloseable {

  private static final int CONNECTIONS = 200;
  private static final int WAITING = 10_000;

  /** AWS' time-outs for a connection are its own; two seconds is a peer that is not there. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final KinesisAsyncClient client;
  private final List<SdkAutoCloseable> others;

  private KinesisClients(KinesisAsyncClient client, List<SdkAutoCloseable> others) {
    this.client = client;
    this.others = others;
  }

  /**
   * Makes a client; nobody is asked yet.
   *
   * @param streaming whether it will subscribe to shards, which AWS offers over HTTP/2 only;
   *     otherwise HTTP/1.1, which emulators speak too
   * @throws AwsRefusedException if no region is known
   */
  public static KinesisClients open(AwsConfig config, boolean streaming) {
    Deque<SdkAutoCloseable> opened = new ArrayDeque<>();
    try {
      SdkAsyncHttpClient http = http(config, streaming);
      opened.push(() -> closeLater(http));
      AwsCredentialsProvider credentials = credentials(config, opened);
      KinesisAsyncClientBuilder builder =
          KinesisAsyncClient.builder()
              .credentialsProvider(credentials)
              .httpClient(http)
              .overrideConfiguration(once(config, streaming));
      config.region().ifPresent(builder::region);
      config.endpoint().ifPresent(builder::endpointOverride);
      return new KinesisClients(builder.build(), List.copyOf(opened));
    } catch (SdkClientException e) {
      opened.forEach(SdkAutoCloseable::close);
      throw AwsRefusedException.noRegion();
    }
  }

  /** The client; it ends with this. */
  public KinesisAsyncClient kinesis() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    others.forEach(SdkAutoCloseable::close);
  }

  /**
   * The last client of a worker waits two seconds for more work before its threads end: whoever
   * validates settings or stops a task must not wait with it.
   */
  private static void closeLater(SdkAsyncHttpClient http) {
    Thread.ofPlatform().daemon().name("kinesis-client-closing").start(http::close);
  }

  private static SdkAsyncHttpClient http(AwsConfig config, boolean streaming) {
    return NettyNioAsyncHttpClient.builder()
        .protocol(streaming ? Protocol.HTTP2 : Protocol.HTTP1_1)
        .maxConcurrency(CONNECTIONS)
        .maxPendingConnectionAcquires(WAITING)
        .connectionTimeout(CONNECT_TIMEOUT)
        .connectionAcquisitionTimeout(config.requestTimeout())
        .readTimeout(config.requestTimeout())
        .tcpKeepAlive(true)
        .build();
  }

  private static ClientOverrideConfiguration once(AwsConfig config, boolean streaming) {
    ClientOverrideConfiguration.Builder once =
        ClientOverrideConfiguration.builder().retryStrategy(AwsRetryStrategy.doNotRetry());
    if (!streaming) {
      // A subscription lasts five minutes by design.
      once.apiCallTimeout(config.requestTimeout());
    }
    // The region may stand in the profile.
    config.profile().ifPresent(once::defaultProfileName);
    return once.build();
  }

  /** Those that requests are signed with; what has to be closed is put before what it needs. */
  private static AwsCredentialsProvider credentials(
      AwsConfig config, Deque<SdkAutoCloseable> opened) {
    AwsCredentialsProvider own = own(config);
    if (own instanceof SdkAutoCloseable closeable) {
      opened.push(closeable);
    }
    if (config.role().isEmpty()) {
      return own;
    }
    RoleCredentials ofRole = new RoleCredentials(config, config.role().get(), own);
    opened.push(ofRole);
    return ofRole;
  }

  private static AwsCredentialsProvider own(AwsConfig config) {
    if (config.keys().isPresent()) {
      return StaticCredentialsProvider.create(credentials(config.keys().get()));
    }
    return config
        .profile()
        .<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  private static AwsCredentials credentials(AwsConfig.Keys keys) {
    String secret = keys.secret().value();
    return keys.token()
        .map(Password::value)
        .<AwsCredentials>map(token -> AwsSessionCredentials.create(keys.id(), secret, token))
        .orElseGet(() -> AwsBasicCredentials.create(keys.id(), secret));
  }
}
