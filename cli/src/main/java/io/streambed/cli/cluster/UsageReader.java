/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import io.streambed.schemas.UsageEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads usage events as they are committed. Not for use by several threads. */
public final class UsageReader implements AutoCloseable {
  private final TopicReader<UsageEvent> reader;

  private UsageReader(TopicReader<UsageEvent> reader) {
    this.reader = reader;
  }

  /**
   * Opens a reader.
   *
   * @throws MissingTopicException if the topic does not exist
   */
  public static UsageReader open(Cluster cluster, KafkaAccess kafka, Start start) {
    return new UsageReader(
        TopicReader.open(
            cluster,
            kafka,
            Map.of(cluster.topics().usageEvents(), value -> value.as(UsageEvent.class)),
            start));
  }

  /**
   * What came since the last call.
   *
   * @param limit longest time to wait for something
   */
  public List<UsageEvent> poll(Duration limit) {
    return reader.poll(limit);
  }

  /** Everything that is committed now and was not read yet. */
  public List<UsageEvent> toEnd() {
    return reader.toEnd();
  }

  /** The same, handed on piece by piece. */
  public void toEnd(Consumer<UsageEvent> taker) {
    reader.toEnd(taker);
  }

  @Override
  public void close() {
    reader.close();
  }
}
