/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.PriceTable;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a run would do and cost, added up request by request. Not for use by several threads. */
public final class Estimate {

  /**
   * What one lane is expected to do.
   *
   * @param picoDollars absent where its model has no price
   */
  public record LaneSum(
      Lane lane,
      double calls,
      double inputTokens,
      double outputTokens,
      Optional<Double> picoDollars) {

    LaneSum plus(double part, Forecast forecast, Optional<Long> cost) {
      return new LaneSum(
          lane,
          calls + part,
          inputTokens + part * forecast.inputTokens(),
          outputTokens + part * forecast.outputTokens(),
          picoDollars.flatMap(sum -> cost.map(one -> sum + part * one)));
    }

    /** Tokens as the lane's quota counts them. */
    public double quotaTokens() {
      return inputTokens + lane.quota().burndown() * outputTokens;
    }
  }

  private final Map<String, ModelAlias> models;
  private final PriceTable prices;
  private final LocalDate day;
  private final Map<Skip, Long> skipped = new EnumMap<>(Skip.class);
  private final Map<String, Long> refusals = new TreeMap<>();
  private final Map<String, LaneSum> lanes = new LinkedHashMap<>();
  private final Set<ByteBuffer> asked = new HashSet<>();
  private final Set<String> aliases = new HashSet<>();
  private long read;
  private long known;
  private long equal;
  private long calls;
  private long withLengths;
  private double openMillis;
  private long timed;
  private long deleted;
  private long missing;

  /**
   * @param day whose prices apply
   */
  public Estimate(Map<String, ModelAlias> models, PriceTable prices, LocalDate day) {
    this.models = models;
    this.prices = prices;
    this.day = day;
  }

  /** Adds what becomes of a record. */
  public void add(Verdict verdict, Earlier earlier) {
    read++;
    switch (verdict) {
      case Verdict.Skipped(Skip why, String reason) -> {
        skipped.merge(why, 1L, Long::sum);
        if (why == Skip.REFUSED || why == Skip.UNREADABLE) {
          refusals.merge(reason, 1L, Long::sum);
        }
      }
      case Verdict.Known one -> known++;
      case Verdict.Asked one -> ask(one.job(), one.forecast(), earlier);
    }
  }

  /**
   * Notes offsets that hold no record.
   *
   * @param before those that were deleted from the partitions' beginnings
   * @param between those that were compacted away, or are a transaction's own
   */
  public void holes(long before, long between) {
    deleted = before;
    missing = between;
  }

  /**
   * Whether the call of an equal request of the run serves it too. One that wants no earlier answer
   * shares a call at most by chance: BYPASS never, REFRESH where that has not begun.
   */
  private boolean isServed(Job job) {
    // Half a fingerprint tells a million of them apart as well as the whole.
    ByteBuffer half = ByteBuffer.allocate(16);
    half.put(job.getFingerprint().duplicate().limit(job.getFingerprint().position() + 16)).flip();
    return switch (job.getCachePolicy()) {
      case USE -> !asked.add(half);
      case REFRESH, UNKNOWN -> {
        asked.add(half);
        yield false;
      }
      case BYPASS -> false;
    };
  }

  private void ask(Job job, Forecast forecast, Earlier earlier) {
    if (isServed(job)) {
      equal++;
      return;
    }
    calls++;
    withLengths += forecast.known() ? 1 : 0;
    aliases.add(job.getModel());
    Earlier.Means means = earlier.means(job.getModel());
    if (means.answers() > 0) {
      openMillis += means.modelMillis();
      timed++;
    }
    ModelAlias alias = models.get(job.getModel());
    if (alias != null) {
      LanePart.of(alias, job).forEach(one -> add(one.lane(), one.part(), forecast));
    }
  }

  private void add(Lane lane, double part, Forecast forecast) {
    Optional<Long> cost =
        prices
            .priceOf(lane.modelId(), lane.tier().word(), day)
            .map(price -> price.costOf(forecast.usage()));
    LaneSum before = lanes.getOrDefault(lane.name(), new LaneSum(lane, 0, 0, 0, Optional.of(0.0)));
    lanes.put(lane.name(), before.plus(part, forecast, cost));
  }

  /** Requests that were looked at. */
  public long read() {
    return read;
  }

  /** Those that a known answer serves. */
  public long known() {
    return known;
  }

  /** Those that ask the same as another of the run, and cost nothing more. */
  public long equal() {
    return equal;
  }

  /** Those that need a call; with REFRESH the most that may. */
  public long calls() {
    return calls;
  }

  /** Of these, those whose earlier answer says how long the next will be. */
  public long withLengths() {
    return withLengths;
  }

  /** How many records are skipped for a reason. */
  public long skipped(Skip why) {
    return skipped.getOrDefault(why, 0L);
  }

  /** Offsets that were deleted from the partitions' beginnings. */
  public long deleted() {
    return deleted;
  }

  /** Other offsets that hold no record. */
  public long missing() {
    return missing;
  }

  /** How many are refused or unreadable, by what is wrong. */
  public Map<String, Long> refusals() {
    return new TreeMap<>(refusals);
  }

  /** Aliases of the models that are to be asked. */
  public Set<String> aliases() {
    return Set.copyOf(aliases);
  }

  /** What each lane is expected to do. */
  public List<LaneSum> lanes() {
    return List.copyOf(lanes.values());
  }

  /** All lanes' money in pico-dollars; that of lanes without a price left out. */
  public double picoDollars() {
    return lanes.values().stream().mapToDouble(lane -> lane.picoDollars().orElse(0.0)).sum();
  }

  /**
   * Seconds that it takes within a share of the quotas and of the open calls; empty where nothing
   * says how long a call takes and no quota is configured.
   */
  public Optional<Double> seconds(Share share) {
    double longest = 0;
    for (LaneSum sum : lanes.values()) {
      double calls = Share.perSecond(sum.lane().quota().requestsPerMinute(), 60);
      double tokens = Share.tokensPerSecond(sum.lane().quota());
      longest = Math.max(longest, sum.calls() / (share.part() * calls));
      longest = Math.max(longest, sum.quotaTokens() / (share.part() * tokens));
    }
    if (timed > 0) {
      int window =
          share.window(
              aliases.stream()
                  .flatMap(it -> Optional.ofNullable(models.get(it)).stream())
                  .toList());
      longest = Math.max(longest, openMillis / timed * calls / window / 1000);
    }
    return longest > 0 || calls == 0 ? Optional.of(longest) : Optional.empty();
  }
}
