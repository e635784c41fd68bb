/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import io.streambed.local.bedrock.fault.FaultEffect;
import io.streambed.local.bedrock.wire.Answer;
import java.time.Duration;
import java.util.Optional;

/** What is going to happen to a call, decided before it waits. */
sealed interface Plan {

  /** It gets an error. */
  record Refuse(Answer.Refusal refusal) implements Plan {}

  /** It gets a status that is none of Bedrock's errors. */
  record Gateway(int status) implements Plan {}

  /**
   * It gets no answer.
   *
   * @param fault name of the effect
   * @param after how long until the connection is cut
   */
  record Vanish(String fault, Duration after) implements Plan {}

  /**
   * It gets an answer.
   *
   * @param answer the answer
   * @param picoDollars what it costs
   * @param tier the service tier in which it is served; empty where it named none but the default
   * @param takes how long the model takes
   * @param fault what goes wrong while it is written, if anything does
   * @param quotaReserved tokens of quota that are held
   * @param quotaUsed tokens of quota that it takes in the end
   */
  record Deliver(
      Answer answer,
      long picoDollars,
      Optional<String> tier,
      Duration takes,
      Optional<FaultEffect.OnTheWay> fault,
      long quotaReserved,
      long quotaUsed)
      implements Plan {

    /** Texts that it embeds. */
    int texts() {
      return answer instanceof Answer.Vectors vectors ? vectors.texts() : 0;
    }
  }
}
