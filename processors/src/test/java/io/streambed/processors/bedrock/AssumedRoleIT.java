/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.bedrock.ScriptedServer.Received;
import io.streambed.processors.bedrock.ScriptedServer.Scripted;
import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.ModelResult.Failed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A role is taken on through AWS STS, here played by a server of our own. */
class AssumedRoleIT {

  private static final Map<String, String> ACCOUNT =
      Map.of("aws.accessKeyId", "AKIAOWN", "aws.secretAccessKey", "secret");
  private static final String STS_ADDRESS = "aws.endpointUrlSts";
  private static final Scripted THROTTLED = Scripted.error(429, "ThrottlingException", "wait");
  private static final Scripted ROLE =
      new Scripted(
          200,
          Map.of("Content-Type", "text/xml"),
          "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
              + "<AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId>"
              + "<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>"
              + "<Expiration>2999-01-01T00:00:00Z</Expiration></Credentials>"
              + "</AssumeRoleResult></AssumeRoleResponse>");

  private final AtomicReference<Scripted> sts = new AtomicReference<>(ROLE);
  private final ScriptedServer server =
      ScriptedServer.answering(it -> it.path().startsWith("/model") ? THROTTLED : sts.get());

  @BeforeEach
  void configure() {
    ACCOUNT.forEach(System::setProperty);
    System.setProperty(STS_ADDRESS, server.uri().toString());
  }

  @AfterEach
  void restore() {
    ACCOUNT.keySet().forEach(System::clearProperty);
    System.clearProperty(STS_ADDRESS);
    server.close();
  }

  @Test
  void callsAreSignedWithTheRolesCredentials() throws Exception {
    // When
    Failed failed = failure();

    // Then
    assertThat(failed.reason()).isEqualTo(CallFailure.THROTTLED);
    List<Received> received = List.copyOf(server.received());
    assertThat(received).hasSize(2);
    assertThat(received.get(0).body())
        .contains("Action=AssumeRole")
        .contains("ExternalId=shared")
        .contains("RoleSessionName=streambed");
    assertThat(received.get(1).headers().get("Authorization")).contains("Credential=ASIAROLE/");
  }

  @Test
  void aRoleThatIsRefusedStopsTheLane() throws Exception {
    // Given
    sts.set(
        new Scripted(
            403,
            Map.of("Content-Type", "text/xml"),
            "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>"
                + "<Message>no</Message></Error></ErrorResponse>"));

    // Then
    assertThat(failure().reason()).isEqualTo(CallFailure.ACCESS_DENIED);
    assertThat(server.received()).noneMatch(it -> it.path().startsWith("/model"));
  }

  @Test
  void anStsThatIsDownPasses() throws Exception {
    // Given
    sts.set(new Scripted(503, Map.of("Content-Type", "text/xml"), "<ErrorResponse/>"));

    // Then
    assertThat(failure().reason()).isEqualTo(CallFailure.UNAVAILABLE);
  }

  private Failed failure() throws Exception {
    BedrockConfig defaults = BedrockConfig.inRegion("us-east-1");
    BedrockConfig config =
        new BedrockConfig(
            defaults.region(),
            Optional.of(server.uri()),
            false,
            defaults.connectTimeout(),
            defaults.acquireTimeout(),
            defaults.readTimeout(),
            defaults.callTimeout(),
            Optional.empty(),
            Optional.of(
                new AssumedRole(
                    "arn:aws:iam::123456789012:role/caller", "streambed", Optional.of("shared"))));
    try (BedrockModelClient client = new BedrockModelClient(config, List.of(Calls.CHAT))) {
      return (Failed) client.call(Calls.prompt("Hi")).get(30, TimeUnit.SECONDS);
    }
  }
}
