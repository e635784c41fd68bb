/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.job;

/**
 * What was done for one job.
 *
 * @param attempts attempts made, the last included
 * @param possiblyBilledAttempts attempts whose outcome a crash or a move has lost
 * @param costPicoDollars what the job itself cost, in pico-dollars
 * @param queueMillis milliseconds from admission to settlement that no call was open
 */
public record Work(
    int attempts, int possiblyBilledAttempts, long costPicoDollars, long queueMillis) {

  /** A job that needed no call. */
  public static Work none(long queueMillis) {
    return new Work(0, 0, 0, queueMillis);
  }
}
