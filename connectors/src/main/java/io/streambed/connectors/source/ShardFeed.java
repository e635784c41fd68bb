/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import java.util.Optional;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;

/**
 * Reads one shard, never waiting: it asks, and what comes is handed to it by the task's thread, to
 * which it belongs. Times are in nanoseconds, of one clock that has any origin.
 */
sealed interface ShardFeed extends AutoCloseable permits PollingFeed, FanOutFeed {

  /** What came for a feed, on a thread of the AWS client, on its way to the task's. */
  record Answer(ShardFeed feed, Reply reply) {}

  /** What can come. */
  sealed interface Reply {
    /** A place to read from. */
    record Iterator(String iterator) implements Reply {}

    /** Records that were asked for. */
    record Read(GetRecordsResponse response) implements Reply {}

    /** Records that were pushed. */
    record Pushed(SubscribeToShardEvent event) implements Reply {}

    /** A subscription has ended, as all do after five minutes. */
    record Over() implements Reply {}

    /** A request or a subscription failed. */
    record Failed(Throwable failure) implements Reply {}
  }

  ShardId shard();

  /**
   * Asks for more if it is time and nothing is asked for.
   *
   * @param room whether the task can hold more
   */
  void advance(long now, boolean room);

  /** Time from now until it will ask, if there is room; the longest if it waits for an answer. */
  long dueIn(long now);

  /**
   * Takes what came.
   *
   * @return records, or nothing if the answer brought none on the way
   * @throws io.streambed.connectors.aws.AwsRefusedException if asking again does not help
   */
  Optional<Batch> take(Reply reply, long now, RandomGenerator random);

  /** How often it was told to slow down. */
  long throttled();

  @Override
  void close();
}
