/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.schemas.registry.ScriptedRegistry.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials and certificates. */
class RegistryAccessIT {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Answer STRING = ScriptedRegistry.schema("\"string\"");

  private static final RetryConfig ONCE =
      new RetryConfig(0, Duration.ofMillis(1), Duration.ofMillis(1));

  @Test
  void userAndPasswordTravelInTheHeader() throws IOException {
    try (ScriptedRegistry registry = ScriptedRegistry.start(seen -> STRING);
        SchemaRegistryClient client =
            new SchemaRegistryClient(
                RegistryConfig.of(registry.url())
                    .withAuth(new RegistryAuth.Basic("ann", "geheim")))) {
      assertThat(client.schema(1)).succeedsWithin(SOON);
      assertThat(registry.seen().getFirst().authorization()).contains("Basic YW5uOmdlaGVpbQ==");
    }
  }

  @Test
  void aTokenTravelsInTheHeader() throws IOException {
    try (ScriptedRegistry registry = ScriptedRegistry.start(seen -> STRING);
        SchemaRegistryClient client =
            new SchemaRegistryClient(
                RegistryConfig.of(registry.url()).withAuth(new RegistryAuth.Bearer("t-0k3n")))) {
      assertThat(client.schema(1)).succeedsWithin(SOON);
      assertThat(registry.seen().getFirst().authorization()).contains("Bearer t-0k3n");
    }
  }

  @Test
  void aRefusalIsNotRetriedAndSaysWhatToSetWithoutShowingIt() throws IOException {
    try (ScriptedRegistry registry =
            ScriptedRegistry.start(seen -> ScriptedRegistry.error(401, 401));
        SchemaRegistryClient client =
            new SchemaRegistryClient(
                RegistryConfig.of(registry.url())
                    .withAuth(new RegistryAuth.Basic("ann", "geheim")))) {
      assertThat(client.schema(1))
          .failsWithin(SOON)
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(RegistryRefusedException.class)
          .withMessageContainingAll("status 401", "user and password or token")
          .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("geheim"));
      assertThat(registry.seen()).hasSize(1);
    }
  }

  @Test
  void aRegistrysCertificateMustBeTrusted(@TempDir Path folder) throws Exception {
    // Given
    TestCertificate certificate = TestCertificate.make(folder);
    TrustStore other =
        new TrustStore(
            TestCertificate.make(Files.createDirectory(folder.resolve("other"))).pem(),
            Optional.empty());
    try (ScriptedRegistry registry =
        ScriptedRegistry.startTls(certificate.serverContext(), seen -> STRING)) {
      RegistryConfig config = RegistryConfig.of(registry.url()).withRetry(ONCE);

      // Then
      assertReached(config.withTrust(new TrustStore(certificate.pem(), Optional.empty())));
      assertReached(
          config.withTrust(
              new TrustStore(certificate.store(), Optional.of(TestCertificate.PASSWORD))));
      assertNotTrusted(config);
      assertNotTrusted(config.withTrust(other));
    }
  }

  @Test
  void aTrustStoreThatCannotBeReadIsToldAtTheStart(@TempDir Path folder) throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    assertThatThrownBy(() -> trusting(empty)).hasMessageContaining("empty.pem cannot be used");
    assertThatThrownBy(() -> trusting(folder.resolve("none.jks")))
        .hasMessageContaining("check its path and password");
  }

  private static SchemaRegistryClient trusting(Path file) {
    return new SchemaRegistryClient(
        RegistryConfig.of(URI.create("https://localhost:1"))
            .withTrust(new TrustStore(file, Optional.empty())));
  }

  private static void assertReached(RegistryConfig config) {
    try (SchemaRegistryClient client = new SchemaRegistryClient(config)) {
      assertThat(client.schema(1)).succeedsWithin(SOON);
    }
  }

  private static void assertNotTrusted(RegistryConfig config) {
    try (SchemaRegistryClient client = new SchemaRegistryClient(config)) {
      assertThat(client.schema(1))
          .failsWithin(SOON)
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(RegistryUnavailableException.class)
          .withMessageContaining("SSL");
    }
  }
}
