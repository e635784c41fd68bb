/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Where a task finds its tickets and the ends of its calls. Any thread posts; the task's stream
 * thread takes.
 */
final class Mailbox {

  private final ConcurrentLinkedQueue<Completion> completions = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Ticket> tickets = new ConcurrentLinkedQueue<>();

  void post(Completion completion) {
    completions.add(completion);
  }

  void post(Ticket ticket) {
    tickets.add(ticket);
  }

  @Nullable Completion take() {
    return completions.poll();
  }

  /** A ticket that may have been withdrawn since: {@link LaneGate#accept} tells. */
  @Nullable Ticket takeTicket() {
    return tickets.poll();
  }

  boolean isEmpty() {
    return completions.isEmpty() && tickets.isEmpty();
  }
}
