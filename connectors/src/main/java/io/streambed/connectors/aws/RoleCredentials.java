/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Credentials of a role, which STS hands out for some time. New ones are asked for in the
 * background some minutes before that time is over. Threads: any.
 */
final class RoleCredentials implements AwsCredentialsProvider, SdkAutoCloseable {

  private final StsClient sts;
  private final StsAssumeRoleCredentialsProvider session;

  /**
   * Nobody is asked yet.
   *
   * @param own credentials that STS is asked with
   * @throws software.amazon.awssdk.core.exception.SdkClientException if no region is known
   */
  RoleCredentials(AwsConfig config, AwsConfig.Role role, AwsCredentialsProvider own) {
    this.sts = sts(config, role, own);
    this.session =
        StsAssumeRoleCredentialsProvider.builder()
            .stsClient(sts)
            .asyncCredentialUpdateEnabled(true)
            .refreshRequest(request -> {
              request.roleArn(role.arn()).roleSessionName(role.session());
              role.externalId().ifPresent(request::externalId);
            })
            .build();
  }

  private static StsClient sts(AwsConfig config, AwsConfig.Role role, AwsCredentialsProvider own) {
    ClientOverrideConfiguration.Builder client =
        // With its retries: whoever waits for the first credentials cannot know whether to ask
        // again.
        ClientOverrideConfiguration.builder().apiCallTimeout(config.requestTimeout());
    config.profile().ifPresent(client::defaultProfileName);
    StsClientBuilder sts =
        StsClient.builder()
            .credentialsProvider(own)
            .overrideConfiguration(client.build())
            .httpClientBuilder(UrlConnectionHttpClient.builder());
    config.region().ifPresent(sts::region);
    role.endpoint().ifPresent(sts::endpointOverride);
    return sts.build();
  }

  /**
   * Those of now; asks STS and waits, if there are none or their time is as good as over.
   *
   * @throws NoRoleException if STS gives none
   */
  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return session.resolveCredentials();
    } catch (SdkException e) {
      throw new NoRoleException(e);
    }
  }

  @Override
  public void close() {
    session.close();
    sts.close();
  }
}
