/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import io.streambed.cli.settlement.Settlement;
import io.streambed.processors.admission.Request;
import io.streambed.schemas.state.Job;

/** What becomes of a recorded request in a run. */
public sealed interface Verdict {

  /**
   * Nothing.
   *
   * @param reason in a word or two; never anything of the request's content
   */
  record Skipped(Skip why, String reason) implements Verdict {}

  /**
   * It is answered with an answer that is known.
   *
   * @param request as it would be asked now
   * @param answer a result of an equal request
   */
  record Known(Recorded recorded, Request request, Settlement answer) implements Verdict {}

  /**
   * It is asked.
   *
   * @param value as it is published
   * @param job as the platform will see it
   * @param boundPicoDollars the most that a call can cost; -1 where a model has no price
   * @param forecast what a call is expected to take
   */
  record Asked(Recorded recorded, byte[] value, Job job, long boundPicoDollars, Forecast forecast)
      implements Verdict {
    @Override
    public String toString() {
      return "Asked[" + recorded.place() + "]";
    }
  }
}
