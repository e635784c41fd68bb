/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.limit;

import io.streambed.processors.model.Quota;
import io.streambed.schemas.TokenUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one instance may ask of a lane.
 *
 * <p>The provider sets aside, when a call starts, its input and the longest answer, and settles by
 * what it has taken: input, what was written to the prompt cache, and the answer times the model's
 * burn-down; what was read from the cache is free. Most answers are far shorter than the longest.
 * So two things are kept here: by time, what calls are expected to take, put right when they end;
 * and what the provider has set aside for open calls, which must fit what it holds. The provider's
 * rules are those of the Amazon Bedrock User Guide, "Quotas for Amazon Bedrock", "How tokens are
 * counted in Amazon Bedrock".
 *
 * <p>Pure: time is an argument. Not safe for several threads.
 */
public final class LaneQuota {

  /**
   * Part of a minute's tokens that may be set aside for open calls: the provider holds a minute's
   * at the most, and the rest is for what was expected wrongly.
   */
  private static final double OPEN = 0.8;

  /**
   * How long nothing is asked of a quota that was throttled: the provider's bucket is empty then,
   * and what trickles into it would be fought over.
   */
  public static final Duration REST = Duration.ofSeconds(1);

  private final Quota quota;
  private final List<Pool> calls = new ArrayList<>();
  private final List<Pool> tokens = new ArrayList<>();
  private final LearnedRate learned = new LearnedRate();
  private final Expectation expectation = new Expectation();
  private double share;
  private long setAside;
  private Instant restingSince = Instant.MIN;

  /** A quota of which this instance has no share yet. */
  public LaneQuota(Quota quota, Instant now) {
    this.quota = quota;
    Duration minute = Duration.ofMinutes(1);
    quota.requestsPerMinute().ifPresent(most -> calls.add(new Pool(most, minute, now)));
    quota.tokensPerMinute().ifPresent(most -> tokens.add(new Pool(most, minute, now)));
    quota.tokensPerDay().ifPresent(most -> tokens.add(new Pool(most, Duration.ofDays(1), now)));
  }

  /**
   * Whether a call of the smallest size would be granted.
   *
   * @param share the part of the quota that is this instance's, 0 to 1
   */
  public boolean hasRoom(double share, Instant now) {
    return grants(new Reservation(0, 1, 1), share, now);
  }

  /** What a call of so many bytes holds. */
  public Reservation reservation(long bytes, int maxTokens) {
    long input = expectation.input(bytes);
    return new Reservation(
        bytes, input + expectation.output(maxTokens) * quota.burndown(), input + maxTokens);
  }

  /**
   * Takes what a call holds; false where it has to wait.
   *
   * @param share the part of the quota that is this instance's, 0 to 1
   */
  public boolean reserve(Reservation wanted, double share, Instant now) {
    boolean granted = grants(wanted, share, now);
    if (granted) {
      calls.forEach(pool -> pool.take(1));
      take(wanted);
    }
    return granted;
  }

  private void take(Reservation wanted) {
    tokens.forEach(pool -> pool.take(wanted.expected()));
    setAside += wanted.most();
  }

  /** The call that holds one is going to take another. */
  public void replace(Reservation held, Reservation wanted) {
    release(held);
    take(wanted);
  }

  private boolean grants(Reservation wanted, double next, Instant now) {
    if (next != share) {
      share = next;
      calls.forEach(pool -> pool.share(next, now));
      tokens.forEach(pool -> pool.share(next, now));
    }
    if (isResting(now)) {
      calls.forEach(pool -> pool.skip(now));
      tokens.forEach(pool -> pool.skip(now));
      return false;
    }
    double factor = learned.current(now);
    calls.forEach(pool -> pool.factor(factor, now));
    tokens.forEach(pool -> pool.factor(factor, now));
    return calls.stream().allMatch(pool -> pool.has(1, now))
        && tokens.stream().allMatch(pool -> pool.has(wanted.expected(), now))
        && fits(wanted, factor);
  }

  /** One that would never fit goes when nothing else is open. */
  private boolean fits(Reservation wanted, double factor) {
    return setAside <= 0
        || quota.tokensPerMinute().isEmpty()
        || setAside + wanted.most() <= OPEN * quota.tokensPerMinute().getAsLong() * share * factor;
  }

  /** The call will not be made. */
  public void cancel(Reservation held) {
    calls.forEach(pool -> pool.giveBack(1));
    release(held);
  }

  /** The call was answered; returns the tokens that it has taken, as the provider counts them. */
  public double settle(Reservation held, TokenUsage usage) {
    double used = LaneUse.counted(usage, quota.burndown());
    tokens.forEach(pool -> pool.giveBack(held.expected() - used));
    setAside -= held.most();
    expectation.learn(held.bytes(), usage);
    return used;
  }

  /** The call has failed: the provider has counted it, and gives its tokens back. */
  public void release(Reservation held) {
    tokens.forEach(pool -> pool.giveBack(held.expected()));
    setAside -= held.most();
  }

  /**
   * The call's answer was lost: the model may have done the work, and then the provider has taken
   * its tokens. Nothing is given back; returns what it is taken to have cost.
   */
  public double lose(Reservation held) {
    setAside -= held.most();
    return held.expected();
  }

  /** The provider has refused a call that should have been within the quota. */
  public void throttled(Instant begunAt, Instant now) {
    if (learned.throttled(begunAt, now)) {
      restingSince = now;
      calls.forEach(Pool::drain);
      tokens.forEach(Pool::drain);
    }
  }

  private boolean isResting(Instant now) {
    return !now.isBefore(restingSince) && now.isBefore(restingSince.plus(REST));
  }

  /** Part of the configured quota that the provider grants, as learned. */
  public double learned(Instant now) {
    return learned.current(now);
  }

  /** Tokens that the provider has set aside for open calls. */
  public long setAside() {
    return setAside;
  }
}
