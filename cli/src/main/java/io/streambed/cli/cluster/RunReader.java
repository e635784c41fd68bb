/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import io.streambed.schemas.ReplayRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Reads what runs are to do and how far they are. Not for use by several threads. */
public final class RunReader implements AutoCloseable {
  private final TopicReader<ReplayRun> reader;

  private RunReader(TopicReader<ReplayRun> reader) {
    this.reader = reader;
  }

  /**
   * Opens a reader at the beginning.
   *
   * @throws MissingTopicException if the topic does not exist
   */
  public static RunReader open(Cluster cluster, KafkaAccess kafka) {
    return new RunReader(
        TopicReader.open(
            cluster,
            kafka,
            Map.of(cluster.topics().replayRuns(), value -> value.as(ReplayRun.class)),
            new Start.Beginning()));
  }

  /** Everything that is committed now and was not read yet. */
  public List<ReplayRun> toEnd() {
    return reader.toEnd();
  }

  /**
   * What came since the last call.
   *
   * @param limit longest time to wait for something
   */
  public List<ReplayRun> poll(Duration limit) {
    return reader.poll(limit);
  }

  @Override
  public void close() {
    reader.close();
  }
}
