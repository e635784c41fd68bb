/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.job.Cancellations;
import io.streambed.processors.job.Fingerprint;
import io.streambed.processors.limit.FairQueue.Flow;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.Needs;
import io.streambed.processors.model.Route;
import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.Operation;
import io.streambed.schemas.state.FlightState;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The work on one fingerprint, as its task remembers it: small, without the content. Owned by the
 * task's stream thread.
 */
final class Flight {

  /**
   * A job that waits for the flight.
   *
   * @param number its number in the flight; the store's key
   * @param deadline null where it has none
   * @param requestedAt when the request was published
   */
  record Waiter(
      int number, @Nullable Instant deadline, Cancellations.Request request, Instant requestedAt) {}

  private final FlightId id;
  private final Fingerprint fingerprint;
  private final ModelAlias alias;
  private final List<Route> routes;
  private Flow flow;
  private final Optional<ByteBuffer> batchGroup;
  private final CachePolicy policy;
  private final TreeMap<Integer, Waiter> waiters = new TreeMap<>();
  private int nextNumber;
  private final int loadedBytes;
  private final int maxTokens;
  private final boolean budgeted;
  private int contentBytes;
  private int payer = -1;
  private FlightState state;
  private Phase phase;
  private Lane lane;

  /**
   * @param flow with whom it waits
   */
  Flight(FlightId id, Job founder, ModelAlias alias, Flow flow, int contentBytes, Phase phase) {
    this.id = id;
    this.fingerprint = fingerprintOf(founder);
    this.alias = alias;
    this.routes = routes(alias, founder, contentBytes, fingerprint);
    this.lane = routes.getFirst().lane();
    this.maxTokens =
        alias.operation() != Operation.PROMPT
            ? 0
            : founder.getMaxTokens() > 0 ? founder.getMaxTokens() : alias.maxTokens();
    this.flow = flow;
    this.batchGroup = founder.getBatchGroup();
    this.policy = founder.getCachePolicy();
    this.contentBytes = contentBytes;
    this.loadedBytes = contentBytes;
    this.budgeted = founder.getReservedPicoDollars() > 0;
    this.state =
        FlightStates.reserved(FlightStates.fresh(), founder.getReservedPicoDollars(), false);
    this.phase = phase;
  }

  /**
   * The ways that a job may take. One that was admitted under another configuration takes whatever
   * there is: the model will say what it cannot do.
   */
  static List<Route> routes(ModelAlias alias, Job job, int contentBytes, Fingerprint fingerprint) {
    if (alias.routes().size() == 1) {
      return alias.routes();
    }
    List<Route> routes = Router.order(alias, Needs.of(job, contentBytes), fingerprint);
    return routes.isEmpty() ? alias.routes() : routes;
  }

  static Fingerprint fingerprintOf(Job job) {
    byte[] bytes = new byte[job.getFingerprint().remaining()];
    job.getFingerprint().duplicate().get(bytes);
    return Fingerprint.of(bytes);
  }

  FlightId id() {
    return id;
  }

  Fingerprint fingerprint() {
    return fingerprint;
  }

  ModelAlias alias() {
    return alias;
  }

  /** The ways that it may take, in the order in which they are tried; never empty. */
  List<Route> routes() {
    return routes;
  }

  /** The lane that it waits for or that its attempt is on. */
  Lane lane() {
    return lane;
  }

  void lane(Lane next) {
    lane = next;
  }

  /** Whether a model is another than the one that comes first for it. */
  boolean isStandIn(Lane other) {
    return !other.bareModelId().equals(routes.getFirst().lane().bareModelId());
  }

  /** The latest deadline of the jobs that wait; empty where one has none. */
  Optional<Instant> deadline() {
    Instant latest = Instant.MIN;
    for (Waiter waiter : waiters.values()) {
      if (waiter.deadline() == null) {
        return Optional.empty();
      }
      latest = waiter.deadline().isAfter(latest) ? waiter.deadline() : latest;
    }
    return waiters.isEmpty() ? Optional.empty() : Optional.of(latest);
  }

  /** With whom it waits for a lane. */
  Flow flow() {
    return flow;
  }

  /** Whether a job that joins is more urgent than all before it. */
  boolean isLessUrgentThan(Flow other) {
    return other.priority().compareTo(flow.priority()) < 0;
  }

  /** A job that has joined is more urgent. Not while it waits for a ticket. */
  void flow(Flow next) {
    flow = next;
  }

  String tenant() {
    return flow.tenant();
  }

  /** Present where the flight may share a call with others of the same group. */
  Optional<ByteBuffer> batchGroup() {
    return batchGroup;
  }

  /** Most tokens of its answer; 0 for a text. */
  int maxTokens() {
    return maxTokens;
  }

  /** Whether its tenant had a budget when it began. */
  boolean isBudgeted() {
    return budgeted;
  }

  /** Bytes of what is asked. */
  int contentBytes() {
    return contentBytes;
  }

  void contentBytes(int bytes) {
    contentBytes = bytes;
  }

  /** Bytes that count against the process's bound. */
  int loadedBytes() {
    return loadedBytes;
  }

  /**
   * Number of the job that bears the money: the first of those that waited when the call ended; -1
   * where that one is settled already.
   */
  int payer() {
    if (payer < 0 && hasWaiters() && state.getAnsweredBy().isEmpty()) {
      payer = waiters.firstKey();
    }
    return payer;
  }

  FlightState state() {
    return state;
  }

  void state(FlightState next) {
    state = next;
  }

  Phase phase() {
    return phase;
  }

  void phase(Phase next) {
    phase = next;
  }

  /** The cache policy of the job that the flight began with. */
  CachePolicy policy() {
    return policy;
  }

  /**
   * Whether a job may wait for this flight instead of one of its own: BYPASS shares nothing, and
   * REFRESH joins only a call that has not begun.
   */
  boolean admits(CachePolicy newcomer) {
    boolean waiting =
        phase instanceof Phase.Parked
            || phase instanceof Phase.Delayed
            || phase instanceof Phase.Claiming;
    boolean going =
        waiting || phase instanceof Phase.Underway || phase instanceof Phase.Interrupted;
    return policy != CachePolicy.BYPASS
        && switch (newcomer) {
          case USE, UNKNOWN -> going;
          case REFRESH -> waiting && state.getInterrupted().isEmpty();
          case BYPASS -> false;
        };
  }

  /** Gives the next number to a job that waits from now on. */
  Waiter add(Job job) {
    return add(nextNumber, job);
  }

  Waiter add(int number, Job job) {
    Waiter waiter =
        new Waiter(
            number,
            job.getDeadline().orElse(null),
            Cancelling.requestOf(job),
            job.getRequestedAt());
    waiters.put(number, waiter);
    nextNumber = Math.max(nextNumber, number + 1);
    return waiter;
  }

  /** Gives the number to no other job. */
  void skip(int number) {
    nextNumber = Math.max(nextNumber, number + 1);
  }

  /** A job that waits is done with; false where it was before. */
  boolean remove(int number) {
    return waiters.remove(number) != null;
  }

  boolean isWaiting(int number) {
    return waiters.containsKey(number);
  }

  boolean hasWaiters() {
    return !waiters.isEmpty();
  }

  int waiterCount() {
    return waiters.size();
  }

  /** The first few jobs that wait, in the order of arrival. */
  List<Waiter> firstWaiters(int limit) {
    return waiters.values().stream().limit(limit).toList();
  }
}
