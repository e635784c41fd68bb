/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.http;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets one thread at a time do what belongs together. For what requests share, in place of {@code
 * synchronized}: they run on virtual threads, and in Java 25 before 25.0.4 one that waits for a
 * monitor may wait for ever (JDK-8373120), so that its request is never answered.
 */
public final class Exclusive {
  private final ReentrantLock lock = new ReentrantLock();

  /** Runs when no other does, and gives what that gives. */
  public <T> T get(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** Runs when no other does. */
  public void run(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }
}
