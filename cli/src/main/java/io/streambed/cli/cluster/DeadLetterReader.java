/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import java.util.Map;
import java.util.function.Consumer;

/** Reads dead letters with their places. */
public final class DeadLetterReader {

  private DeadLetterReader() {}

  /**
   * Hands on all there are now.
   *
   * @return how many records are no dead letters, and were passed over
   * @throws MissingTopicException if the topic does not exist
   */
  public static int read(
      Cluster cluster, KafkaAccess kafka, Start start, Consumer<PlacedLetter> taker) {
    try (TopicReader<PlacedLetter> reader =
        TopicReader.open(
            cluster,
            kafka,
            Map.of(cluster.topics().deadLetters(), Decoding::placedLetter),
            start)) {
      reader.toEnd(taker);
      return reader.unreadable();
    }
  }
}
