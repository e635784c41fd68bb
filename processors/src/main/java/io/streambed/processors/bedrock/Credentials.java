/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Credentials that never block the thread that makes a call: the SDK's own providers go to the
 * network on whatever thread asks them first or after a failed renewal, which here would be a Kafka
 * Streams thread. They are asked on a thread of their own; once they hold credentials they answer
 * from memory and renew in the background.
 */
final class Credentials implements AwsCredentialsProvider, SdkAutoCloseable {

  private final AwsCredentialsProvider source;
  private final ExecutorService asking;
  private final Runnable closing;

  Credentials(AwsCredentialsProvider source, Runnable closing) {
    this.source = source;
    this.closing = closing;
    this.asking =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("bedrock-credentials").factory());
  }

  /** The provider that a configuration asks for. */
  static AwsCredentialsProvider of(BedrockConfig config) {
    if (config.usesDummyCredentials()) {
      return StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
    }
    DefaultCredentialsProvider base =
        DefaultCredentialsProvider.builder()
            .profileName(config.profile().orElse(null))
            .asyncCredentialUpdateEnabled(true)
            .build();
    return config
        .assumedRole()
        .map(role -> assumed(role, base, config.region()))
        .orElseGet(() -> new Credentials(base, base::close));
  }

  private static Credentials assumed(
      AssumedRole role, DefaultCredentialsProvider base, String region) {
    StsClient sts =
        StsClient.builder()
            .region(Region.of(region))
            .credentialsProvider(base)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    StsAssumeRoleCredentialsProvider provider =
        StsAssumeRoleCredentialsProvider.builder()
            .stsClient(sts)
            .asyncCredentialUpdateEnabled(true)
            .refreshRequest(request ->
                request
                    .roleArn(role.arn())
                    .roleSessionName(role.sessionName())
                    .externalId(role.externalId().orElse(null)))
            .build();
    return new Credentials(
        provider,
        () -> {
          provider.close();
          sts.close();
          base.close();
        });
  }

  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return source.resolveCredentials();
    } catch (RuntimeException e) {
      throw new NoCredentialsException(e);
    }
  }

  @Override
  public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
    return CompletableFuture.supplyAsync(this::resolveCredentials, asking);
  }

  @Override
  public void close() {
    asking.shutdownNow();
    closing.run();
  }
}
