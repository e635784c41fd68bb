/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import io.streambed.cli.settlement.Settlement;
import io.streambed.processors.StoredAnswers;
import io.streambed.processors.admission.Admission;
import io.streambed.processors.admission.Decision;
import io.streambed.processors.admission.Request;
import io.streambed.processors.job.SourceRecord;
import io.streambed.processors.model.CostBound;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.Reuse;
import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.EmbeddingResult;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.ReplayOnly;
import io.streambed.schemas.ReplayPlan;
import io.streambed.schemas.replay.Place;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Decides what a run does with a recorded request. Asks the platform's own admission, so that what
 * would be refused is known before it is asked, and fingerprints are the platform's.
 */
public final class Judge {

  private final ReplayPlan plan;
  private final Changes changes;
  private final Filter filter;
  private final Set<Place> places;
  private final Platform platform;
  private final Earlier earlier;

  /**
   * What is known of the platform that will answer.
   *
   * @param admission its own
   * @param models its models, by alias
   * @param bound what its calls can cost
   * @param encode codes a request as it is published
   */
  public record Platform(
      Admission admission,
      Map<String, ModelAlias> models,
      CostBound bound,
      Function<SpecificRecordBase, byte[]> encode) {}

  public Judge(ReplayPlan plan, Platform platform, Earlier earlier) {
    this.plan = plan;
    this.changes = new Changes(plan.getChanges());
    this.filter = new Filter(plan.getFilter());
    this.places = new HashSet<>();
    plan.getPlaces()
        .forEach(place ->
            places.add(new Place(plan.getTopic(), place.getPartition(), place.getOffset())));
    this.platform = platform;
    this.earlier = earlier;
  }

  /**
   * Decides.
   *
   * @param now the wall clock
   */
  public Verdict of(Recorded recorded, Instant now) {
    if (!places.isEmpty() && !places.contains(recorded.place())) {
      return new Verdict.Skipped(Skip.FILTERED, "not in the set");
    }
    if (!filter.takes(recorded)) {
      return new Verdict.Skipped(Skip.FILTERED, "filter");
    }
    if (plan.getOnly() == ReplayOnly.FAILED && !earlier.failed(recorded.place())) {
      return new Verdict.Skipped(Skip.UNAFFECTED, "not failed");
    }
    Optional<String> misfit = changes.misfit(recorded.request());
    if (misfit.isPresent()) {
      return new Verdict.Skipped(Skip.REFUSED, misfit.get());
    }
    Request request = changes.apply(recorded);
    byte[] value = platform.encode().apply(request.value());
    return switch (decide(recorded, request, value, now)) {
      case Decision.Rejected rejected ->
          new Verdict.Skipped(Skip.REFUSED, rejected.rejection().failure().getCode().name());
      case Decision.Accepted accepted -> admitted(recorded, request, value, accepted.job(), now);
    };
  }

  private Verdict admitted(Recorded recorded, Request request, byte[] value, Job job, Instant now) {
    Optional<Settlement> own = earlier.result(job.getTenant(), job.getId());
    if (plan.getOnly() == ReplayOnly.CHANGED && !isChanged(recorded, job, own, now)) {
      return new Verdict.Skipped(Skip.UNAFFECTED, "not changed");
    }
    if (job.getCachePolicy() == CachePolicy.USE) {
      Optional<Settlement> known =
          known(request, job, own).or(() -> stored(job, now).filter(it -> mayServe(request, it)));
      if (known.isPresent()) {
        return new Verdict.Known(recorded, request, known.get());
      }
    }
    ModelAlias alias = platform.models().get(job.getModel());
    if (alias == null) {
      throw new IllegalStateException("admission knows the alias");
    }
    int content = job.getContent().map(ByteBuffer::remaining).orElse(0);
    return new Verdict.Asked(
        recorded,
        value,
        job,
        platform.bound().of(alias, content, job.getMaxTokens(), now).orElse(-1),
        Forecast.of(
            job, alias, value.length, unchanged(recorded), own, earlier.means(job.getModel())));
  }

  /** Bytes of the request as it would be asked if nothing were changed. */
  private int unchanged(Recorded recorded) {
    return platform.encode().apply(new Changes(Plans.NOTHING).apply(recorded).value()).length;
  }

  /** A request's own result may be given again; another's only where it may serve others. */
  private Optional<Settlement> known(Request request, Job job, Optional<Settlement> own) {
    if (own.filter(it -> isOf(it, job)).isPresent()) {
      return own;
    }
    return earlier
        .answer(job.getFingerprint())
        .filter(it -> isOf(it, job))
        .filter(it -> mayServe(request, it));
  }

  /** What the platform would find in its own store, and give without a call. */
  private Optional<Settlement> stored(Job job, Instant now) {
    return earlier
        .stored(job.getFingerprint())
        .flatMap(value -> StoredAnswers.result(job, value, now))
        .map(result ->
            result instanceof PromptResult answer
                ? new Settlement.Answered(answer)
                : new Settlement.Embedded((EmbeddingResult) result));
  }

  private static boolean isOf(Settlement settlement, Job job) {
    return fingerprint(settlement).equals(hex(job.getFingerprint()));
  }

  private static boolean mayServe(Request request, Settlement settlement) {
    return switch (settlement.value()) {
      case PromptResult result ->
          request instanceof Request.Prompt prompt
              && Reuse.allowed(prompt.prompt(), result.getStopReason());
      default -> true;
    };
  }

  /**
   * Whether it does not ask any more what it asked when it was answered, or would ask unchanged.
   */
  private boolean isChanged(Recorded recorded, Job job, Optional<Settlement> own, Instant now) {
    if (own.isPresent()) {
      return !isOf(own.get(), job);
    }
    Request before = new Changes(Plans.NOTHING).apply(recorded);
    byte[] value = platform.encode().apply(before.value());
    return !(decide(recorded, before, value, now) instanceof Decision.Accepted accepted)
        || !accepted.job().getFingerprint().equals(job.getFingerprint());
  }

  private Decision decide(Recorded recorded, Request request, byte[] value, Instant now) {
    SourceRecord source =
        new SourceRecord(
            recorded.place().topic(),
            recorded.place().partition(),
            recorded.place().offset(),
            recorded.timestamp(),
            recorded.key(),
            value,
            List.of());
    return platform.admission().decide(source, request, now);
  }

  private static String fingerprint(Settlement settlement) {
    return switch (settlement) {
      case Settlement.Answered answered -> answered.value().getFingerprint();
      case Settlement.Embedded embedded -> embedded.value().getFingerprint();
      case Settlement.Dead dead -> "";
    };
  }

  private static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return HexFormat.of().formatHex(copy);
  }
}
