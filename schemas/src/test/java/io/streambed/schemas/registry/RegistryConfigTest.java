/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistryConfigTest {

  @Test
  void noTextOfAConfigurationShowsASecret() {
    RegistryConfig config =
        RegistryConfig.of(URI.create("http://localhost:1"))
            .withAuth(new RegistryAuth.Basic("ann", "geheim"))
            .withTrust(new TrustStore(Path.of("a.jks"), Optional.of("geheim")));

    assertThat(config.toString()).contains("ann", "a.jks").doesNotContain("geheim");
    assertThat(new RegistryAuth.Bearer("geheim").toString()).doesNotContain("geheim");
  }

  @Test
  void aPasswordInTheUrlIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> RegistryConfig.of(URI.create("http://ann:geheim@localhost:1")))
        .hasMessageContaining("must hold no user or password")
        .message()
        .doesNotContain("geheim");
  }

  @Test
  void anythingButHttpIsRefused() {
    assertThatThrownBy(() -> RegistryConfig.of(URI.create("localhost:8081")))
        .hasMessageContaining("must look like http://localhost:8081");
  }

  @Test
  void aSlashAtTheEndMakesNoDifference() {
    assertThat(RegistryConfig.of(URI.create("http://localhost:1/apis/ccompat/v7/")).urls())
        .containsExactly(URI.create("http://localhost:1/apis/ccompat/v7"));
  }
}
