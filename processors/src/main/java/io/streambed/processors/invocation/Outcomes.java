/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.processors.job.LaneName;
import io.streambed.processors.model.CostBound;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelCall;
import io.streambed.processors.model.ModelCall.EmbeddingCall;
import io.streambed.processors.model.ModelResult.PromptAnswered;
import io.streambed.processors.model.ModelResult.TextsEmbedded;
import io.streambed.processors.model.Price;
import io.streambed.processors.model.PriceTable;
import io.streambed.processors.model.Tier;
import io.streambed.processors.model.Vector;
import io.streambed.schemas.CallOutcome;
import io.streambed.schemas.Operation;
import io.streambed.schemas.TokenUsage;
import io.streambed.schemas.UsageEvent;
import io.streambed.schemas.VectorEncoding;
import io.streambed.schemas.state.Answer;
import io.streambed.schemas.state.AttemptRef;
import io.streambed.schemas.state.Failure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns what came back from a model into what is stored and accounted. Pure.
 *
 * @param answerTtl how long an answer may serve other requests
 */
record Outcomes(PriceTable prices, Duration answerTtl) {

  /** Cost of a call in pico-dollars; 0 where the model has no price. */
  long cost(Completion end, TokenUsage usage) {
    return price(end).map(price -> price.costOf(usage)).orElse(0L);
  }

  /** The most that a call can cost, in pico-dollars; 0 where the model has no price. */
  long upperBound(Lane lane, long inputBytes, long maxTokens, Instant at) {
    return new CostBound(prices).of(lane, inputBytes, maxTokens, at).orElse(0);
  }

  /** That of the tier in which a call was served, on the day (UTC) on which it ended. */
  private Optional<Price> price(Completion end) {
    Lane lane = end.call().lane();
    return price(lane.modelId(), end.result().servedTier().orElseGet(lane.tier()::word), end.at());
  }

  private Optional<Price> price(String modelId, String tier, Instant at) {
    return prices.priceOf(modelId, tier, LocalDate.ofInstant(at, ZoneOffset.UTC));
  }

  /** A prompt's answer. */
  Answer answer(
      Completion end, PromptAnswered answered, boolean reusable, List<String> failedLanes) {
    return answer(
        end,
        reusable,
        answered.usage(),
        cost(end, answered.usage()),
        1,
        answered,
        null,
        null,
        failedLanes);
  }

  /**
   * The answers of a batch, one a text. Tokens and money are shared by length of text in UTF-8;
   * what the division leaves goes to the first, so that the shares add up exactly.
   */
  List<Answer> answers(
      Completion end,
      TextsEmbedded embedded,
      List<Boolean> reusable,
      List<List<String>> failedLanes) {
    List<Integer> lengths =
        ((EmbeddingCall) end.call())
            .texts().stream().map(text -> text.getText().getBytes(UTF_8).length).toList();
    List<Long> tokens = shares(embedded.usage().getInputTokens(), lengths);
    List<Long> costs = shares(cost(end, embedded.usage()), lengths);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < lengths.size(); i++) {
      answers.add(
          answer(
              end,
              reusable.get(i),
              new TokenUsage(tokens.get(i), 0L, 0L, 0L, 0L),
              costs.get(i),
              lengths.size(),
              null,
              embedded.vectors().get(i),
              null,
              failedLanes.get(i)));
    }
    return answers;
  }

  /** The caller's own error, kept so that a repeated request is told the same. */
  Answer refusal(Completion end, Failure failure, List<String> failedLanes) {
    return answer(end, false, none(), 0, 1, null, null, failure, failedLanes);
  }

  private Answer answer(
      Completion end,
      boolean reusable,
      TokenUsage usage,
      long cost,
      int batchSize,
      @Nullable PromptAnswered prompt,
      @Nullable Vector vector,
      @Nullable Failure failure,
      List<String> failedLanes) {
    Vector.@Nullable Packed packed = vector instanceof Vector.Packed p ? p : null;
    return new Answer(
        end.call().attemptId(),
        end.at(),
        reusable ? end.at().plus(answerTtl) : null,
        end.call().lane().name(),
        end.call().lane().modelId(),
        end.call().lane().region(),
        usage,
        cost,
        end.openFor().toMillis(),
        batchSize,
        prompt == null ? null : prompt.content(),
        prompt == null ? null : prompt.stopReason(),
        prompt == null ? null : prompt.additionalFields().orElse(null),
        vector instanceof Vector.Floats floats ? floats.values() : null,
        packed == null ? null : ByteBuffer.wrap(packed.bytes()),
        packed == null ? VectorEncoding.FLOAT : packed.encoding(),
        vector == null ? 0 : vector.dimensions(),
        failure,
        failedLanes,
        saving(end, usage));
  }

  /** What the prompt cache saved on a call, in pico-dollars; 0 where the model has no price. */
  private long saving(Completion end, TokenUsage usage) {
    return price(end).map(price -> price.promptCacheSavingOf(usage)).orElse(0L);
  }

  /** Divides a total by weight; the remainder goes to the first share. */
  static List<Long> shares(long total, List<Integer> weights) {
    long sum = weights.stream().mapToLong(Integer::longValue).sum();
    List<Long> shares = new ArrayList<>();
    long given = 0;
    for (int weight : weights) {
      long share = sum == 0 ? 0 : (total / sum) * weight + (total % sum) * weight / sum;
      shares.add(share);
      given += share;
    }
    shares.set(0, shares.getFirst() + total - given);
    return shares;
  }

  /** The usage event of a call that has ended. */
  UsageEvent used(
      Completion end,
      String alias,
      CallOutcome outcome,
      TokenUsage usage,
      boolean estimated,
      int requests) {
    ModelCall call = end.call();
    Optional<Price> price = price(end);
    return new UsageEvent(
        call.attemptId(),
        call.tenant(),
        alias,
        call.lane().modelId(),
        call.lane().region(),
        call instanceof EmbeddingCall ? Operation.EMBEDDING : Operation.PROMPT,
        outcome,
        requests,
        usage,
        estimated,
        cost(end, usage),
        price.map(Price::effectiveFrom).orElse(null),
        end.openFor().toMillis(),
        end.at(),
        call.lane().tier().word(),
        end.result().servedTier().orElse(null),
        price.map(Price::row).orElse(null),
        saving(end, usage));
  }

  /**
   * The usage event of an attempt whose outcome is lost: what it can have cost at the most.
   *
   * @param batch its flights, whose states know it
   */
  UsageEvent possiblyBilled(List<Flight> batch, Instant now) {
    Flight flight = batch.getFirst();
    AttemptRef attempt = flight.state().getAttempt().orElseThrow();
    long upperBound =
        batch.stream()
            .mapToLong(one -> one.state().getAttempt().orElseThrow().getUpperBoundPicoDollars())
            .sum();
    // The lane that was tried: what the alias stands for may have changed since.
    LaneName lane = LaneName.of(attempt.getLane());
    // The bound may be that of the default tier, where the tier asked for has no price.
    Optional<Price> price =
        price(lane.modelId(), lane.tier(), now)
            .or(() -> price(lane.modelId(), Tier.DEFAULT.word(), now));
    return new UsageEvent(
        attempt.getId(),
        flight.tenant(),
        flight.alias().alias(),
        lane.modelId(),
        lane.region(),
        flight.alias().operation(),
        CallOutcome.POSSIBLY_BILLED,
        attempt.getBatchSize(),
        none(),
        true,
        upperBound,
        price.map(Price::effectiveFrom).orElse(null),
        0L,
        now,
        lane.tier(),
        null,
        price.map(Price::row).orElse(null),
        0L);
  }

  static TokenUsage none() {
    return new TokenUsage(0L, 0L, 0L, 0L, 0L);
  }
}
