/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.AdmissionPreview.Preview;
import io.streambed.schemas.CallOutcome;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.Operation;
import io.streambed.schemas.TokenUsage;
import io.streambed.schemas.UsageEvent;
import io.streambed.schemas.state.Failure;
import java.time.Instant;
import java.time.LocalDate;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForecastTest {
  private final MeanCosts costs = new MeanCosts();
  private final Forecast forecast = new Forecast(costs);

  @Test
  void equalRequestsAreOneCallAndWhatIsRefusedIsNone() {
    // Given: two calls for five requests have cost 50 in all
    costs.add(event("small", CallOutcome.ANSWERED, 4, 30, LocalDate.EPOCH));
    costs.add(event("small", CallOutcome.ANSWERED, 1, 20, LocalDate.EPOCH));
    costs.add(event("small", CallOutcome.FAILED, 1, 1_000, LocalDate.EPOCH));

    // When
    forecast.add("prompts", new Preview.Admitted("small", "f1", OptionalLong.of(100)));
    forecast.add("prompts", new Preview.Admitted("small", "f1", OptionalLong.of(100)));
    forecast.add("prompts", new Preview.Admitted("small", "f2", OptionalLong.of(70)));
    forecast.add("prompts", refused());
    forecast.add("elsewhere");

    // Then
    assertThat(forecast.byTopic())
        .containsEntry("prompts", new Forecast.Sum(4, 2, 20, 0, 170, 0, 1))
        .containsEntry("elsewhere", new Forecast.Sum(1, 0, 0, 0, 0, 0, 0));
    assertThat(forecast.refused()).containsOnlyKeys(DeadLetterCode.EXPIRED);
  }

  @Test
  void whatIsNotKnownIsCountedAndNotGuessed() {
    // Given: a model without a price tells nothing of what it costs
    costs.add(event("free", CallOutcome.ANSWERED, 1, 0, null));

    // When
    forecast.add("prompts", new Preview.Admitted("free", "f1", OptionalLong.empty()));
    forecast.add("prompts", new Preview.Unknown());

    // Then
    assertThat(forecast.total()).isEqualTo(new Forecast.Sum(2, 2, 0, 2, 0, 2, 0));
  }

  private static Preview refused() {
    return new Preview.Refused(
        new Failure(DeadLetterCode.EXPIRED, FailureKind.CALLER, "it has passed", "deadline"));
  }

  private static UsageEvent event(
      String model, CallOutcome outcome, int requests, long cost, @Nullable LocalDate since) {
    return UsageEvent.newBuilder()
        .setAttemptId("a")
        .setTenant("acme")
        .setModel(model)
        .setModelId("m")
        .setRegion("r")
        .setOperation(Operation.PROMPT)
        .setOutcome(outcome)
        .setRequests(requests)
        .setUsage(new TokenUsage(1L, 1L, 0L, 0L, 0L))
        .setCostPicoDollars(cost)
        .setPriceEffectiveFrom(since)
        .setSettledAt(Instant.EPOCH)
        .build();
  }
}
