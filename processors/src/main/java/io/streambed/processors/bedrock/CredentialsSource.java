/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import java.time.InstantSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/** Where credentials come from: the SDK's default chain or a profile, and a role on top. */
final class CredentialsSource {

  private CredentialsSource() {}

  static Credentials of(BedrockConfig config) {
    if (config.usesDummyCredentials()) {
      return new Credentials(
          StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")),
          () -> {},
          InstantSource.system());
    }
    DefaultCredentialsProvider base =
        DefaultCredentialsProvider.builder().profileName(config.profile().orElse(null)).build();
    return config
        .assumedRole()
        .map(role -> assumed(role, base, config.region()))
        .orElseGet(() -> new Credentials(base, base::close, InstantSource.system()));
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
        },
        InstantSource.system());
  }
}
