/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import java.time.Instant;

/** What a lane is able to do. */
public sealed interface LaneCondition {

  /** One word for logs, metrics and health. */
  String word();

  /** Calls go out as permits allow. */
  record Running() implements LaneCondition {
    @Override
    public String word() {
      return "running";
    }
  }

  /** The provider throttles: no call before {@code until}, and fewer at a time afterwards. */
  record Throttled(Instant until) implements LaneCondition {
    @Override
    public String word() {
      return "throttled";
    }
  }

  /** Too many calls failed: the breaker lets none or a few through. */
  record Broken() implements LaneCondition {
    @Override
    public String word() {
      return "broken";
    }
  }

  /**
   * The lane cannot work until the operator acts; one call is tried now and then.
   *
   * @param reason what is wrong and what to do
   */
  record Stopped(String reason, Instant since, Instant nextTry) implements LaneCondition {
    @Override
    public String word() {
      return "stopped";
    }
  }
}
