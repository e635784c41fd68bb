/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.limit.FairQueue.Flow;
import io.streambed.processors.limit.Reservation;
import io.streambed.processors.model.ModelCall;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call that may be made: its attempt is committed. It belongs to the process and not to a task,
 * so that a task which moves between threads finds it again. Safe for use by many threads.
 */
final class OpenCall {

  /** How far it has come. */
  enum Phase {
    READY,
    WITHDRAWN,
    OPEN,
    ENDED
  }

  private final ModelCall call;
  private final List<FlightId> flights;
  private final Ticket ticket;
  private Phase phase = Phase.READY;
  private @Nullable Mailbox owner;
  private @Nullable Instant orphanedAt;
  private @Nullable Completion completion;

  /**
   * @param flights the flights that share the call, in the order in which it asks for them: a task
   *     that opens again finds them in another
   * @param ticket what it goes out with
   */
  OpenCall(ModelCall call, List<FlightId> flights, Ticket ticket, Mailbox owner) {
    this.call = call;
    this.flights = List.copyOf(flights);
    this.ticket = ticket;
    this.owner = owner;
  }

  String attemptId() {
    return call.attemptId();
  }

  ModelCall call() {
    return call;
  }

  List<FlightId> flights() {
    return flights;
  }

  LaneGate gate() {
    return ticket.gate();
  }

  Ticket ticket() {
    return ticket;
  }

  Reservation reservation() {
    return ticket.reservation();
  }

  Flow flow() {
    return ticket.claim().flow();
  }

  Instant deadline() {
    return ticket.claim().deadline();
  }

  synchronized Phase phase() {
    return phase;
  }

  /** The call goes out now; false where it was withdrawn. */
  synchronized boolean begin() {
    if (phase != Phase.READY) {
      return false;
    }
    phase = Phase.OPEN;
    return true;
  }

  /** The call shall not go out any more; false where it has. */
  synchronized boolean withdraw() {
    if (phase != Phase.READY) {
      return false;
    }
    phase = Phase.WITHDRAWN;
    return true;
  }

  /** The call has ended; false where no task of this process waits for it. */
  synchronized boolean end(Completion end) {
    phase = Phase.ENDED;
    completion = end;
    if (owner == null) {
      return false;
    }
    owner.post(end);
    return true;
  }

  /** From now on the end is posted to {@code mailbox}, at once where it has come already. */
  synchronized void attach(Mailbox mailbox) {
    owner = mailbox;
    orphanedAt = null;
    if (completion != null) {
      mailbox.post(completion);
    }
  }

  /** No task of this process waits for it any more; its end is returned where it has come. */
  synchronized @Nullable Completion detach(Instant now) {
    owner = null;
    orphanedAt = now;
    return completion;
  }

  synchronized boolean isOwnedBy(Mailbox mailbox) {
    return owner == mailbox;
  }

  /** Whether a task of this process waits for the end, or one of another does and it is to come. */
  synchronized boolean isAwaited() {
    return owner != null || phase == Phase.OPEN;
  }

  /** Whether the call has ended and no task has wanted it since {@code before}. */
  synchronized boolean isForgotten(Instant before) {
    return phase == Phase.ENDED && orphanedAt != null && orphanedAt.isBefore(before);
  }
}
