/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  private static final JavaClasses PROJECT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.streambed");

  @ParameterizedTest
  @MethodSource("rules")
  void theProjectKeepsTheRule(Rule rule) {
    rule.under().apply("io.streambed").check(PROJECT);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theRuleFindsTheFixtureThatBreaksIt(Rule rule) {
    // Given
    String root = "io.streambed.fixtures." + rule.fixture();
    JavaClasses fixture = new ClassFileImporter().importPackages(root);

    // When, Then
    assertThatThrownBy(() -> rule.under().apply(root).check(fixture))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(root)
        .hasMessageNotContaining("failed to check any classes");
  }

  @Test
  void theMapNamesEveryPackageOfThePlatform() {
    // When
    Set<String> found = new HashSet<>();
    PROJECT.getPackage("io.streambed.processors").getSubpackages().stream()
        .map(below -> below.getRelativeName())
        .forEach(found::add);

    // Then
    assertThat(AllowedDependencies.MAP.keySet()).isEqualTo(found);
  }

  static List<Rule> rules() {
    return Rules.ALL;
  }
}
