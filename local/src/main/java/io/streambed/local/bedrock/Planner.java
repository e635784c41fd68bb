/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.local.bedrock.answer.ConverseAnswers;
import io.streambed.local.bedrock.catalog.ModelCatalog;
import io.streambed.local.bedrock.catalog.PriceList;
import io.streambed.local.bedrock.fault.FaultEffect;
import io.streambed.local.bedrock.latency.Latencies;
import io.streambed.local.bedrock.ledger.CallFacts;
import io.streambed.local.bedrock.promptcache.Piece;
import io.streambed.local.bedrock.promptcache.PromptCache;
import io.streambed.local.bedrock.quota.Admission;
import io.streambed.local.bedrock.quota.Quotas;
import io.streambed.local.bedrock.wire.Answer;
import io.streambed.local.bedrock.wire.ErrorType;
import io.streambed.local.bedrock.wire.Operation;
import io.streambed.local.bedrock.wire.Usage;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Decides what happens to a call: first the faults, then the checks, then the quota. */
final class Planner {
  private final ModelCatalog catalog;
  private final Quotas quotas;
  private final Latencies latencies;
  private final RandomGenerator random;
  private final PromptCache promptCache = new PromptCache();

  Planner(ModelCatalog catalog, Quotas quotas, Latencies latencies, RandomGenerator random) {
    this.catalog = catalog;
    this.quotas = quotas;
    this.latencies = latencies;
    this.random = random;
  }

  /**
   * @param fault what meets the call, if anything does
   * @param nowNanos time of a monotonic clock
   */
  Plan plan(
      CallFacts facts, Optional<ObjectNode> body, Optional<FaultEffect> fault, long nowNanos) {
    return switch (fault.orElse(null)) {
      case FaultEffect.Instead instead -> instead(instead);
      case FaultEffect.StreamError(ErrorType type, int events)
          when facts.operation() != Operation.CONVERSE_STREAM ->
          new Plan.Refuse(new Answer.Refusal(type, type.message()));
      case FaultEffect.OnTheWay onTheWay -> answered(facts, body, Optional.of(onTheWay), nowNanos);
      case null -> answered(facts, body, Optional.empty(), nowNanos);
    };
  }

  private static Plan instead(FaultEffect.Instead fault) {
    return switch (fault) {
      case FaultEffect.Error(ErrorType type, String message) ->
          new Plan.Refuse(new Answer.Refusal(type, message));
      case FaultEffect.Gateway(int status) -> new Plan.Gateway(status);
      case FaultEffect.Hang hang -> new Plan.Vanish(hang.name(), hang.limit());
      case FaultEffect.CutConnection cut -> new Plan.Vanish(cut.name(), Duration.ZERO);
    };
  }

  private Plan answered(
      CallFacts facts,
      Optional<ObjectNode> body,
      Optional<FaultEffect.OnTheWay> fault,
      long nowNanos) {
    Decision decided = Decision.of(catalog, facts.operation(), facts.modelId(), facts.tier(), body);
    if (decided.answer() instanceof Answer.Refusal refusal) {
      return new Plan.Refuse(refusal);
    }
    List<Piece> pieces = pieces(decided, body);
    long minimum = decided.model().map(model -> model.caching().minimum()).orElse(0);
    String scope = facts.region() + " " + facts.modelId() + " ";
    Decision decision =
        pieces.isEmpty()
            ? decided
            : decided.with(
                promptCache.usage(
                    scope, pieces, minimum, decided.answer().usage().output(), facts.receivedAt()));
    Answer answer = decision.answer();
    Usage usage = answer.usage();
    long reserved = usage.input() + usage.cacheRead() + usage.cacheWrite() + most(decision, body);
    if (!(answer instanceof Answer.Count)) {
      Quotas.Route route = new Quotas.Route(facts.modelId(), facts.region());
      switch (quotas.reserve(route, reserved, nowNanos)) {
        case Admission.Granted granted -> {}
        case Admission.TooManyRequests() -> {
          return throttled("requests");
        }
        case Admission.TooManyTokens() -> {
          return throttled("tokens");
        }
      }
    }
    promptCache.keep(scope, pieces, minimum, facts.receivedAt());
    String servedIn = Decision.servedIn(facts.tier());
    long burndown = decision.model().map(model -> model.burndown()).orElse(1);
    long used = usage.input() + usage.cacheWrite() + usage.output() * burndown;
    return new Plan.Deliver(
        answer,
        decision.picoDollars(servedIn, LocalDate.ofInstant(facts.receivedAt(), ZoneOffset.UTC)),
        facts.tier().equals(PriceList.DEFAULT_TIER) ? Optional.empty() : Optional.of(servedIn),
        takes(facts, answer, fault),
        fault,
        reserved,
        used);
  }

  /** What the prompt cache sees; nothing where nobody has set a point in it. */
  private static List<Piece> pieces(Decision decision, Optional<ObjectNode> body) {
    if (!(decision.answer() instanceof Answer.Message) || body.isEmpty()) {
      return List.of();
    }
    List<Piece> pieces = ConverseAnswers.pieces(body.get());
    return pieces.stream().anyMatch(piece -> piece.keptFor().isPresent()) ? pieces : List.of();
  }

  /** Most tokens that the answer could have had. */
  private static long most(Decision decision, Optional<ObjectNode> body) {
    if (decision.answer() instanceof Answer.Message && body.isPresent()) {
      return decision.model().map(m -> ConverseAnswers.maxTokens(m, body.get())).orElse(0L);
    }
    return 0;
  }

  private Duration takes(CallFacts facts, Answer answer, Optional<FaultEffect.OnTheWay> fault) {
    if (answer instanceof Answer.Count) {
      return Duration.ZERO;
    }
    Duration own = latencies.of(facts.modelId()).untilDone(answer.usage().output(), random);
    return fault.orElse(null) instanceof FaultEffect.Delay(Duration extra) ? own.plus(extra) : own;
  }

  private static Plan throttled(String what) {
    return new Plan.Refuse(
        new Answer.Refusal(
            ErrorType.THROTTLING, "Too many " + what + ", please wait before trying again."));
  }
}
