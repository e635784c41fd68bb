/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.job;

import io.streambed.schemas.ResultSource;
import io.streambed.schemas.UsageEvent;
import io.streambed.schemas.state.Answer;
import io.streambed.schemas.state.BudgetEntry;
import io.streambed.schemas.state.Failure;
import io.streambed.schemas.state.Job;
import io.streambed.schemas.state.Settled;
import java.nio.ByteBuffer;
import java.util.List;

/** Something that has to be written before a job is done with. */
public sealed interface Due {

  /** A result; or, where the answer is the caller's own error, a dead letter. */
  record Served(Job job, ByteBuffer content, Answer answer, ResultSource source, Work work)
      implements Due {
    @Override
    public String toString() {
      return "Served[" + source + "]";
    }
  }

  /** A settlement that was given before, to be given again. */
  record Repeated(Job job, ByteBuffer content, Settled settled, Answer answer) implements Due {
    @Override
    public String toString() {
      return "Repeated[]";
    }
  }

  /**
   * A dead letter that no later request is given again.
   *
   * @param lane name of the last lane tried; empty where there was none
   * @param failedLanes names of all lanes tried
   */
  record Failed(
      Job job,
      ByteBuffer content,
      Failure failure,
      Work work,
      String lane,
      List<String> failedLanes)
      implements Due {
    @Override
    public String toString() {
      return "Failed[" + failure.getCode() + "]";
    }
  }

  /** An answer to be kept. It comes before the jobs that it serves. */
  record Learned(Fingerprint fingerprint, Answer answer) implements Due {
    @Override
    public String toString() {
      return "Learned[]";
    }
  }

  /** Something that a tenant's budget is to be told. */
  record Booked(String tenant, BudgetEntry entry) implements Due {

    /** What was set aside and what was spent of it, in pico-dollars. */
    public static Booked of(String tenant, long released, long spent) {
      return new Booked(tenant, new BudgetEntry(released, spent, null));
    }

    @Override
    public String toString() {
      return "Booked[]";
    }
  }

  /** A call to be accounted for. */
  record Used(UsageEvent event) implements Due {
    @Override
    public String toString() {
      return "Used[" + event.getAttemptId() + "]";
    }
  }

  /** Nothing more is owed for now: what is written together for several jobs is written. */
  record Complete() implements Due {}
}
