/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import java.util.OptionalLong;

/**
 * What an account allows of a lane, for all instances together.
 *
 * @param requestsPerMinute calls
 * @param tokensPerMinute tokens as the provider counts them
 * @param tokensPerDay the same for a day; it is spread evenly over it
 * @param burndown tokens of quota that a token of the answer takes; at least 1
 */
public record Quota(
    OptionalLong requestsPerMinute,
    OptionalLong tokensPerMinute,
    OptionalLong tokensPerDay,
    int burndown) {

  /** Allows everything. */
  public static final Quota NONE =
      new Quota(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), 1);

  /** Whether anything is limited by time. */
  public boolean isLimited() {
    return requestsPerMinute.isPresent() || tokensPerMinute.isPresent() || tokensPerDay.isPresent();
  }
}
