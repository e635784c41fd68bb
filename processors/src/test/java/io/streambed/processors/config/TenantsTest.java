/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.streambed.processors.limit.TenantConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TenantsTest {

  @Test
  void aNamedTenantHasItsWeightAndOthersAreNotThere() {
    // When
    StreambedConfig config =
        load(Map.of("tenants.acme.weight", "3", "tenants.umbrella.eu.weight", "1000"));

    // Then
    assertThat(config.tenants())
        .isEqualTo(Map.of("acme", weighing(3), "umbrella.eu", weighing(1_000)));
  }

  @Test
  void aTenantMayHaveACapOfItsOwn() {
    // When
    StreambedConfig config =
        load(
            Map.of(
                "tenants.acme.requests.per.minute", "60",
                "tenants.acme.tokens.per.minute", "1000"));

    // Then
    assertThat(config.tenants())
        .containsEntry("acme", new TenantConfig(1, OptionalLong.of(60), OptionalLong.of(1_000)));
    assertThat(problems(Map.of("tenants.a.tokens.per.minute", "0")))
        .extracting(ConfigProblem::key)
        .containsExactly("tenants.a.tokens.per.minute");
  }

  @Test
  void aWeightIsFromOneToAThousand() {
    assertThat(problems(Map.of("tenants.a.weight", "0", "tenants.b.weight", "1001")))
        .extracting(ConfigProblem::key)
        .containsExactlyInAnyOrder("tenants.a.weight", "tenants.b.weight");
  }

  @Test
  void aPropertyThatIsNotThereIsToldWithTheOneThatWasMeant() {
    assertThat(problems(Map.of("tenants.acme.wieght", "2")))
        .extracting(ConfigProblem::fix)
        .containsExactly("Did you mean tenants.acme.weight?");
  }

  @Test
  void aNameThatNoRequestCanHaveIsRefused() {
    assertThat(problems(Map.of("tenants." + "x".repeat(129) + ".weight", "2")))
        .extracting(ConfigProblem::problem)
        .containsExactly("this is no name of a tenant");
  }

  private static TenantConfig weighing(int weight) {
    return new TenantConfig(weight, OptionalLong.empty(), OptionalLong.empty());
  }

  private static StreambedConfig load(Map<String, String> more) {
    Map<String, String> all =
        new HashMap<>(
            Map.of("models.m.id", "amazon.nova-lite-v1:0", "models.m.region", "us-east-1"));
    all.putAll(more);
    return ConfigLoader.load(all, Map.of()).config();
  }

  private static List<ConfigProblem> problems(Map<String, String> more) {
    return catchThrowableOfType(InvalidConfigException.class, () -> load(more)).problems();
  }
}
