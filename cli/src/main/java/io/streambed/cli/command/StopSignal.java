/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM for commands that wait: the command is told, and the process waits for it to
 * end in order, for some seconds.
 */
final class StopSignal implements AutoCloseable {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;

  private StopSignal(Runnable wakeup, long limitMillis) {
    this.hook =
        new Thread(
            () -> {
              asked.countDown();
              wakeup.run();
              try {
                ended.await(limitMillis, TimeUnit.MILLISECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "stop-signal");
  }

  /**
   * Listens for the signal until it is closed.
   *
   * @param wakeup ends what the command waits for; called from another thread
   * @param limitMillis longest time that the process waits for the command to end
   */
  static StopSignal listen(Runnable wakeup, long limitMillis) {
    StopSignal signal = new StopSignal(wakeup, limitMillis);
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /** Whether the signal came. */
  boolean came() {
    return asked.getCount() == 0;
  }

  /** Waits for the signal. */
  void await() throws InterruptedException {
    asked.await();
  }

  /** Waits for the signal for a while; true where it came. */
  boolean await(Duration limit) throws InterruptedException {
    return asked.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The command has ended in order. */
  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, which the hook itself has told.
    }
  }
}
