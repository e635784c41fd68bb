/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import io.streambed.loadtests.service.Batch;
import java.util.concurrent.CompletableFuture;

/** Publishes so many requests a second until it is stopped. For one thread. */
public final class SteadyLoad {
  private static final int SECONDS = 2;

  private final CompletableFuture<Integer> published;
  private volatile boolean going = true;

  SteadyLoad(Load load, int perSecond) {
    this.published = CompletableFuture.supplyAsync(() -> publish(load, perSecond), Load::onThread);
  }

  private int publish(Load load, int perSecond) {
    int count = 0;
    while (going) {
      int more = perSecond * SECONDS;
      load.publish(Batch.backlog(count + 1, more).perSecond(perSecond));
      count += more;
    }
    return count;
  }

  /** Ends; gives how many requests Kafka has. */
  public int stop() {
    going = false;
    return published.join();
  }
}
