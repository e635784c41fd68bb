/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.quota;

/**
 * What has been asked of a route.
 *
 * @param granted calls that could start
 * @param refused calls that were throttled
 * @param usedTokens tokens that ended calls have taken of the quota
 */
public record Tally(long granted, long refused, long usedTokens) {

  static final Tally NOTHING = new Tally(0, 0, 0);

  Tally with(Admission admission) {
    return admission instanceof Admission.Granted
        ? new Tally(granted + 1, refused, usedTokens)
        : new Tally(granted, refused + 1, usedTokens);
  }

  Tally withUsed(long tokens) {
    return new Tally(granted, refused, usedTokens + tokens);
  }
}
