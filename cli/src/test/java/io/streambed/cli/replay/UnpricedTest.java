/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import static io.streambed.cli.replay.Recordings.NOW;
import static io.streambed.cli.replay.Recordings.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.model.CachePoints;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.PriceTable;
import io.streambed.processors.model.Quota;
import io.streambed.processors.model.Route;
import io.streambed.processors.model.Tier;
import io.streambed.schemas.Operation;
import io.streambed.schemas.ReplayChanges;
import io.streambed.schemas.ReplayFilter;
import io.streambed.schemas.ReplayOnly;
import io.streambed.schemas.ReplayPlan;
import io.streambed.schemas.ReplayProgress;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnpricedTest {

  private static final LocalDate DAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
  private static final Map<String, ModelAlias> MODELS =
      Map.of(
          "priced", alias("priced", "amazon.nova-lite-v1:0"),
          "mixed", alias("mixed", "amazon.nova-lite-v1:0", "acme.unheard-of-v1:0"));

  @Test
  void anAliasIsWithoutABoundIfAnyOfItsLanesHasNoPrice() {
    assertThat(among("priced")).isEmpty();
    assertThat(among("unknown")).isEmpty();
    assertThat(among("priced", "mixed"))
        .hasValueSatisfying(found -> {
          assertThat(found.alias()).isEqualTo("mixed");
          assertThat(found.lane().modelId()).isEqualTo("acme.unheard-of-v1:0");
        });
  }

  @Test
  void aRunAsksWhatItIsToldToAndWhatItHasAsked() {
    // Given
    ReplayPlan every = plan(ReplayOnly.ALL, Plans.NOTHING);
    ReplayPlan changed = plan(ReplayOnly.ALL, ReplayChanges.newBuilder().setModel("b").build());
    ReplayPlan filtered =
        ReplayPlan.newBuilder(every)
            .setFilter(ReplayFilter.newBuilder().setModel("a").build())
            .build();

    // When, then
    assertThat(Unpriced.aliases(standing(every))).containsExactly("asked");
    assertThat(Unpriced.aliases(standing(changed))).containsExactlyInAnyOrder("asked", "b");
    assertThat(Unpriced.aliases(standing(filtered))).containsExactlyInAnyOrder("asked", "a");
  }

  private static Standing standing(ReplayPlan plan) {
    ReplayProgress progress =
        ReplayProgress.newBuilder()
            .setNext(List.of())
            .setCounts(
                new Standing("r", Optional.empty(), Optional.empty(), Optional.empty()).counts())
            .setSubmittedByModel(Map.of("asked", 3L))
            .setWriter("w")
            .setWrittenAt(NOW)
            .build();
    return new Standing("r", Optional.of(plan), Optional.of(progress), Optional.empty());
  }

  private static Optional<Unpriced> among(String... aliases) {
    return Unpriced.among(Set.of(aliases), MODELS, PriceTable.builtIn(), DAY);
  }

  private static ModelAlias alias(String name, String... ids) {
    List<Route> routes =
        Arrays.stream(ids)
            .map(id -> Route.to(new Lane(id, "us-east-1", Tier.DEFAULT, 10, Quota.NONE)))
            .toList();
    return new ModelAlias(
        name,
        Operation.PROMPT,
        routes,
        ModelAlias.Spread.IN_ORDER,
        "1",
        1_000,
        false,
        CachePoints.NONE);
  }
}
