/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.local.bedrock.wire.Usage;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCatalogTest {
  private static final String HAIKU = "anthropic.claude-haiku-4-5-20251001-v1:0";

  private final ModelCatalog catalog = ModelCatalog.load();

  @Test
  void everyModelHasAPriceAndALimit() {
    // Then
    assertThat(catalog.models())
        .allSatisfy(model -> {
          assertThat(cost(model, Usage.of(1, 0))).isPositive();
          assertThat(model.contextTokens()).isPositive();
          boolean chat = model.kind() == ModelKind.CHAT;
          assertThat(model.maxOutputTokens() > 0).isEqualTo(chat);
          assertThat(cost(model, Usage.of(0, 1)) > 0).isEqualTo(chat);
        });
  }

  @ParameterizedTest
  @CsvSource({"global., 1000000", "us., 1100000", "eu., 1100000"})
  void aProfileOfOneGeographyCostsATenthMore(String prefix, long picoDollars) {
    // When
    ModelLookup found = catalog.find(prefix + HAIKU);

    // Then
    assertThat(found)
        .isInstanceOfSatisfying(
            ModelLookup.Found.class,
            one -> assertThat(cost(one.model(), Usage.of(1, 0))).isEqualTo(picoDollars));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"amazon.nova-micro-v1:1", "us.", "", "arn:aws:bedrock:us-east-1:1:x/unknown"})
  void whatIsNoModelIsUnknown(String id) {
    // Then
    assertThat(catalog.find(id)).isEqualTo(new ModelLookup.Unknown());
  }

  private static long cost(ModelSpec model, Usage usage) {
    return model.prices().of(usage, PriceList.DEFAULT_TIER, LocalDate.EPOCH);
  }

  @Test
  void aModelThatNeedsAProfileIsNotFoundWithoutOne() {
    // Then
    assertThat(catalog.find(HAIKU)).isEqualTo(new ModelLookup.NeedsProfile(HAIKU));
  }
}
