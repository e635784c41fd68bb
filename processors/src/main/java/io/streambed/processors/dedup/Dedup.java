/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.dedup;

import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.redrive.RedriveMark;
import io.streambed.schemas.state.Answer;
import io.streambed.schemas.state.Job;
import io.streambed.schemas.state.Settled;
import java.time.Instant;
import java.util.Optional;

/** Decides whether a job is known work. Pure but for what it is given to look things up with. */
final class Dedup {

  /** Where earlier work is looked up. */
  interface Known {
    /** How the same request was settled before, if that still counts. */
    Optional<Settled> settled();

    /** The answer of one attempt at the job's fingerprint. */
    Optional<Answer> answer(String attemptId);

    /** An answer to equal content that may serve. */
    Optional<Answer> reusable();
  }

  /** What a job turns out to be. */
  sealed interface Verdict {
    /** The same request again: it gets the same settlement. */
    record Repeat(Settled settled, Answer answer) implements Verdict {}

    /** Equal content was answered before. */
    record Answered(Answer answer) implements Verdict {}

    /** Its deadline has passed. */
    record Expired() implements Verdict {}

    /** It needs a call, its own or one in flight. */
    record Fresh() implements Verdict {}
  }

  private Dedup() {}

  static Verdict decide(Job job, Known known, Instant now) {
    // A request that was redriven since is to be done anew, whatever it was told before.
    int redrives = RedriveMark.redrives(job.getHeaders());
    Optional<Settled> settled = known.settled().filter(before -> redrives <= before.getRedrives());
    if (settled.isPresent()) {
      Optional<Answer> answer = known.answer(settled.get().getAttemptId());
      if (answer.isPresent()) {
        return new Verdict.Repeat(settled.get(), answer.get());
      }
      // The answer had to go before its time: nothing is left to be given again.
    }
    if (job.getDeadline().map(deadline -> !now.isBefore(deadline)).orElse(false)) {
      return new Verdict.Expired();
    }
    if (job.getCachePolicy() == CachePolicy.USE) {
      return known.reusable().<Verdict>map(Verdict.Answered::new).orElseGet(Verdict.Fresh::new);
    }
    return new Verdict.Fresh();
  }
}
