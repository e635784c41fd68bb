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
    this(load, Batch.backlog(1, 0).perSecond(perSecond));
  }

  /**
   * @param like the first number and what requests are like; how many does not matter
   */
  SteadyLoad(Load load, Batch like) {
    this.published = CompletableFuture.supplyAsync(() -> publish(load, like), Load::onThread);
  }

  private int publish(Load load, Batch like) {
    int more = (int) (like.pace().perSecond() * SECONDS);
    int count = 0;
    while (going) {
      load.publish(
          new Batch(like.first() + count, more, like.pace(), like.content(), like.sender()));
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
