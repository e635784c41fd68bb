/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.judgement;

import java.util.Optional;

/**
 * A call that the stand-in received.
 *
 * @param attempt id of the attempt that it belongs to, where it told one
 * @param tenant on whose behalf, where it told
 * @param outcome the stand-in's word: {@code open}, {@code answered}, {@code refused}, {@code
 *     clientGone} or {@code broken}
 * @param costPicos money that was billed, in pico-dollars
 * @param receivedMillis when it was received, milliseconds since 1970
 */
public record Call(
    Optional<String> attempt, String tenant, String outcome, long costPicos, long receivedMillis) {

  /** Whether money was taken for it. */
  public boolean billed() {
    return costPicos > 0;
  }
}
