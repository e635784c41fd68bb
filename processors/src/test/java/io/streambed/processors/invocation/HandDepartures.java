/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.schemas.state.EndedCall;
import io.streambed.schemas.state.MovedCalls;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Keeps what a process says of calls whose tasks have left it, until a test passes it on. */
public final class HandDepartures implements Departures {

  final Set<String> open = new LinkedHashSet<>();
  final Set<String> neverSent = new LinkedHashSet<>();
  final Set<EndedCall> ended = new LinkedHashSet<>();

  /** Tells all of it. */
  void passTo(Elsewhere other, Instant now) {
    MovedCalls.Builder news = MovedCalls.newBuilder().setInstance("old");
    other.hear(
        news.setOpen(List.copyOf(open)).setNeverSent(List.copyOf(neverSent)).build(), 100, now);
    ended.forEach(end ->
        other.hear(MovedCalls.newBuilder().setInstance("old").setEnded(end).build(), 1, now));
  }

  @Override
  public void leaving(String attemptId) {
    open.add(attemptId);
  }

  @Override
  public void ended(EndedCall end) {
    ended.add(end);
  }

  @Override
  public void returned(String attemptId) {
    open.remove(attemptId);
  }

  @Override
  public void tell(List<String> ids) {
    neverSent.addAll(ids);
  }
}
