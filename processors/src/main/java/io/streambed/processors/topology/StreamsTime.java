/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import java.time.InstantSource;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/**
 * Kafka Streams' time, by the clock of all else here. Its timers are due at a time and not after a
 * while: with a clock that is set back they would stand still until it has caught up.
 */
public record StreamsTime(InstantSource clock) implements Time {

  @Override
  public long milliseconds() {
    return clock.millis();
  }

  @Override
  public long nanoseconds() {
    return SYSTEM.nanoseconds();
  }

  @Override
  public void sleep(long millis) {
    SYSTEM.sleep(millis);
  }

  @Override
  public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMillis)
      throws InterruptedException {
    long wait = Math.max(0, deadlineMillis - milliseconds());
    SYSTEM.waitObject(object, condition, SYSTEM.milliseconds() + wait);
  }
}
