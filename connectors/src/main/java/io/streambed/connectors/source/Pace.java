/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import io.streambed.connectors.aws.AwsFailure;
import io.streambed.connectors.aws.BackOff;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When a feed asks next: after its interval, or later after failures. Of the task's thread. */
final class Pace {

  private static final Logger LOG = LoggerFactory.getLogger(Pace.class);

  /** A failure is told when it is the first, and then each time their number has doubled. */
  private static final int FIRST_TOLD = 1;

  private final ShardId shard;
  private boolean asked;
  private long due;
  private int failures;
  private int told = FIRST_TOLD;
  private long throttled;

  Pace(ShardId shard, long now) {
    this.shard = shard;
    this.due = now;
  }

  boolean mayAsk(long now) {
    return !asked && now - due >= 0;
  }

  void asks() {
    asked = true;
  }

  long dueIn(long now) {
    return asked ? Long.MAX_VALUE : Math.max(0, due - now);
  }

  /** An answer came that was none of failure. */
  void answered(long next) {
    asked = false;
    due = next;
    if (failures > 0) {
      LOG.atInfo()
          .addKeyValue("shard", shard)
          .addKeyValue("failures", failures)
          .log("the shard can be read again");
    }
    failures = 0;
    told = FIRST_TOLD;
  }

  /**
   * A request failed.
   *
   * @return whether the place to read from is gone
   * @throws io.streambed.connectors.aws.AwsRefusedException if asking again does not help
   */
  boolean failed(Throwable failure, long now, RandomGenerator random) {
    asked = false;
    AwsFailure why = AwsFailure.of(failure);
    return switch (why) {
      case AwsFailure.Expired old -> {
        due = now;
        yield true;
      }
      case AwsFailure.Throttled slow -> {
        throttled++;
        later(why, now, random);
        yield false;
      }
      case AwsFailure.Unavailable down -> {
        later(why, now, random);
        yield false;
      }
      case AwsFailure.NotFound gone -> throw why.toException("reading shard " + shard);
      case AwsFailure.NotPermitted no -> throw why.toException("reading shard " + shard);
      case AwsFailure.Refused no -> throw why.toException("reading shard " + shard);
    };
  }

  long throttled() {
    return throttled;
  }

  private void later(AwsFailure why, long now, RandomGenerator random) {
    failures++;
    due = now + BackOff.USUAL.after(failures, random).toNanos();
    if (failures >= told) {
      told = failures * 2;
      LOG.atWarn()
          .addKeyValue("shard", shard)
          .addKeyValue("reason", why.what())
          .addKeyValue("failures", failures)
          .log("the shard cannot be read now; it is tried again");
    }
  }
}
