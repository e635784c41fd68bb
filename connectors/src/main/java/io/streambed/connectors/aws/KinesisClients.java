/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.aws;

import java.time.Duration;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;
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
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
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
  private final SdkAsyncHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final AutoCloseable roles;

  private KinesisClients(
      KinesisAsyncClient client,
      SdkAsyncHttpClient http,
      AwsCredentialsProvider credentials,
      AutoCloseable roles) {
    this.client = client;
    this.http = http;
    this.credentials = credentials;
    this.roles = roles;
  }

  /**
   * Makes a client; nobody is asked yet.
   *
   * @param streaming whether it will subscribe to shards, which AWS offers over HTTP/2 only;
   *     otherwise HTTP/1.1, which emulators speak too
   * @throws AwsRefusedException if no region is known
   */
  public static KinesisClients open(AwsConfig config, boolean streaming) {
    AwsCredentialsProvider own = own(config);
    try {
      StsClient sts = config.role().isPresent() ? sts(config, own) : null;
      AwsCredentialsProvider credentials = sts == null ? own : role(config, sts);
      SdkAsyncHttpClient http =
          NettyNioAsyncHttpClient.builder()
              .protocol(streaming ? Protocol.HTTP2 : Protocol.HTTP1_1)
              .maxConcurrency(CONNECTIONS)
              .maxPendingConnectionAcquires(WAITING)
              .connectionTimeout(CONNECT_TIMEOUT)
              .connectionAcquisitionTimeout(config.requestTimeout())
              .readTimeout(config.requestTimeout())
              .tcpKeepAlive(true)
              .build();
      ClientOverrideConfiguration.Builder once =
          ClientOverrideConfiguration.builder().retryStrategy(AwsRetryStrategy.doNotRetry());
      if (!streaming) {
        // A subscription lasts five minutes by design.
        once.apiCallTimeout(config.requestTimeout());
      }
      KinesisAsyncClientBuilder builder =
          KinesisAsyncClient.builder()
              .credentialsProvider(credentials)
              .httpClient(http)
              .overrideConfiguration(once.build());
      config.region().ifPresent(builder::region);
      config.endpoint().ifPresent(builder::endpointOverride);
      return new KinesisClients(builder.build(), http, credentials, closing(sts, own));
    } catch (SdkClientException e) {
      close(own);
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
    http.close();
    close(credentials);
    close(roles);
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

  private static StsClient sts(AwsConfig config, AwsCredentialsProvider own) {
    StsClientBuilder sts =
        StsClient.builder()
            .credentialsProvider(own)
            .httpClientBuilder(UrlConnectionHttpClient.builder());
    config.region().ifPresent(sts::region);
    config.endpoint().ifPresent(sts::endpointOverride);
    return sts.build();
  }

  private static AwsCredentialsProvider role(AwsConfig config, StsClient sts) {
    AwsConfig.Role role = config.role().orElseThrow();
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(sts)
        .asyncCredentialUpdateEnabled(true)
        .refreshRequest(request -> {
          request.roleArn(role.arn()).roleSessionName(role.session());
          role.externalId().ifPresent(request::externalId);
        })
        .build();
  }

  private static AutoCloseable closing(@Nullable StsClient sts, AwsCredentialsProvider own) {
    return () -> {
      if (sts != null) {
        sts.close();
      }
      close(own);
    };
  }

  private static void close(Object closeable) {
    if (closeable instanceof SdkAutoCloseable sdk) {
      sdk.close();
    } else if (closeable instanceof AutoCloseable other) {
      try {
        other.close();
      } catch (Exception e) {
        // What cannot be closed ends with the process.
        return;
      }
    }
  }
}
