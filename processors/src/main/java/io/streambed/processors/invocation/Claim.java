/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.limit.FairQueue.Flow;
import io.streambed.processors.limit.Reservation;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The wish for a ticket: of one flight, or of texts that share a call. Who made it reads it on its
 * own thread; what became of it is the gate's, under the gate's lock.
 *
 * @see LaneGate#ask
 */
final class Claim {

  private final Flow flow;
  private final Instant deadline;
  private final long bytes;
  private final int maxTokens;
  private final Mailbox mailbox;
  private final @Nullable Flight flight;
  private final @Nullable ByteBuffer group;
  private @Nullable Ticket ticket;

  private Claim(
      Flow flow,
      Flight first,
      long bytes,
      Mailbox mailbox,
      @Nullable Flight flight,
      @Nullable ByteBuffer group) {
    this.flow = flow;
    this.deadline = first.deadline().orElse(Instant.MAX);
    this.bytes = bytes;
    this.maxTokens = first.maxTokens();
    this.mailbox = mailbox;
    this.flight = flight;
    this.group = group;
  }

  /**
   * That of one flight.
   *
   * @param mailbox where it is posted when it has its ticket
   */
  static Claim of(Flight flight, Flow flow, Mailbox mailbox) {
    return new Claim(flow, flight, flight.contentBytes(), mailbox, flight, null);
  }

  /**
   * That of a group of texts. Which of them go is decided when the ticket has come: there may be
   * more by then.
   *
   * @param bytes of those that would go now
   */
  static Claim of(ByteBuffer group, Flight first, long bytes, Flow flow, Mailbox mailbox) {
    return new Claim(flow, first, bytes, mailbox, null, group);
  }

  Flow flow() {
    return flow;
  }

  /** {@link Instant#MAX} where there is none. */
  Instant deadline() {
    return deadline;
  }

  /** Bytes of what is asked. */
  long bytes() {
    return bytes;
  }

  /** Most tokens that may be answered; 0 for texts. */
  int maxTokens() {
    return maxTokens;
  }

  /** The one that goes; empty where a group does. */
  Optional<Flight> flight() {
    return Optional.ofNullable(flight);
  }

  /** Those of which some go; empty where one goes alone. */
  Optional<ByteBuffer> group() {
    return Optional.ofNullable(group);
  }

  /** The gate gives it its ticket. */
  void grant(LaneGate gate, Reservation reservation) {
    ticket = new Ticket(gate, this, reservation);
    mailbox.post(ticket);
  }

  /** Takes its ticket away; null where it has none. */
  @Nullable Ticket takeTicket() {
    Ticket its = ticket;
    ticket = null;
    return its;
  }
}
