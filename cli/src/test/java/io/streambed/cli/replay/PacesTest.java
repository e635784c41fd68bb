/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import static io.streambed.cli.replay.Recordings.NOW;
import static io.streambed.cli.replay.Recordings.plan;
import static io.streambed.cli.replay.Recordings.platform;
import static io.streambed.cli.replay.Recordings.prompt;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.model.CachePoints;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.Quota;
import io.streambed.processors.model.Route;
import io.streambed.processors.model.Tier;
import io.streambed.schemas.Operation;
import io.streambed.schemas.ReplayOnly;
import io.streambed.schemas.state.Feature;
import io.streambed.schemas.state.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How many requests go in a minute; those of a second's worth come at once. */
class PacesTest {

  private static final Forecast LONG = new Forecast(50, 390, true);
  private static final Quota SCARCE = calls(60);
  private static final Quota AMPLE = calls(6_000);

  @Test
  void anAnswersTokensCountAsTheQuotaCountsThem() {
    // Given: 60,000 tokens a minute, of which an answer's count five times
    Quota tokens =
        new Quota(OptionalLong.empty(), OptionalLong.of(60_000), OptionalLong.empty(), 5);
    ModelAlias alias = alias(ModelAlias.Spread.IN_ORDER, route("a", tokens, 1));

    // When
    int asked = aMinuteOf(new Paces(new Share(1), Map.of("default", alias)), job("default"));

    // Then: 60,000 / (50 + 5 * 390)
    assertThat(asked).isBetween(29, 31);
  }

  @Test
  void whatGoesToTheFirstLaneIsNoFasterThanTheFirstAllows() {
    // Given
    ModelAlias alias =
        alias(ModelAlias.Spread.IN_ORDER, route("a", SCARCE, 1), route("b", AMPLE, 1));

    // When
    int asked = aMinuteOf(new Paces(new Share(0.5), Map.of("default", alias)), job("default"));

    // Then
    assertThat(asked).isBetween(29, 32);
  }

  @Test
  void whatIsSpreadByWeightIsNoFasterThanTheLaneAllowsThatIsFullFirst() {
    // Given
    ModelAlias alias =
        alias(ModelAlias.Spread.BY_WEIGHT, route("a", SCARCE, 3), route("b", AMPLE, 1));

    // When
    int asked = aMinuteOf(new Paces(new Share(1), Map.of("default", alias)), job("default"));

    // Then: three quarters of them are 60
    assertThat(asked).isBetween(79, 83);
  }

  @Test
  void aLaneThatTakesNoSuchRequestIsNotAsked() {
    // Given
    Route.Terms others =
        new Route.Terms(
            Set.of("acme"),
            Set.of(),
            EnumSet.allOf(Feature.class),
            Integer.MAX_VALUE,
            Duration.ZERO);
    ModelAlias alias =
        alias(
            ModelAlias.Spread.IN_ORDER,
            new Route(lane("a", AMPLE), 1, others),
            route("b", SCARCE, 1));

    // When
    int asked = aMinuteOf(new Paces(new Share(1), Map.of("default", alias)), job("default"));

    // Then
    assertThat(asked).isBetween(60, 62);
  }

  @Test
  void aliasesOfOneLaneShareItsQuota() {
    // Given
    ModelAlias alias = alias(ModelAlias.Spread.IN_ORDER, route("a", SCARCE, 1));
    Paces paces = new Paces(new Share(1), Map.of("default", alias, "other", alias));

    // When
    int asked = aMinuteOf(paces, job("default")) + aMinuteOf(paces, job("other"));

    // Then: the second minute is the first's, and used up
    assertThat(asked).isBetween(60, 62);
  }

  /** As many as may go, at every tenth of a second of the same minute. */
  private static int aMinuteOf(Paces paces, Job job) {
    int asked = 0;
    for (int tenth = 0; tenth < 600; tenth++) {
      Instant now = NOW.plusMillis(100L * tenth);
      while (paces.allows(job, now)) {
        paces.took(job, LONG, now);
        asked++;
      }
    }
    return asked;
  }

  private static Job job(String model) {
    Verdict verdict =
        new Judge(plan(ReplayOnly.ALL, Plans.NOTHING), platform(), new Recordings())
            .of(prompt(1, "a", "Why?", 400), NOW);
    return Job.newBuilder(((Verdict.Asked) verdict).job()).setModel(model).build();
  }

  private static Quota calls(long perMinute) {
    return new Quota(OptionalLong.of(perMinute), OptionalLong.empty(), OptionalLong.empty(), 1);
  }

  private static Route route(String model, Quota quota, int weight) {
    return new Route(lane(model, quota), weight, Route.Terms.ANY);
  }

  private static Lane lane(String model, Quota quota) {
    return new Lane(model, "us-east-1", Tier.DEFAULT, 10, quota);
  }

  private static ModelAlias alias(ModelAlias.Spread spread, Route... routes) {
    return new ModelAlias(
        "default", Operation.PROMPT, List.of(routes), spread, "1", 1_000, false, CachePoints.NONE);
  }
}
