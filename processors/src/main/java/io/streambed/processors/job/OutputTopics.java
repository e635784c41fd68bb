/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.job;

import java.util.OptionalInt;

/**
 * Topics that replayed requests name for what they are owed. A record for a topic that does not
 * exist would hold up its task, so each is looked up first. Safe for use by many threads.
 */
public interface OutputTopics {

  /** What is known of a topic. */
  sealed interface Found {

    /**
     * It is there.
     *
     * @param maxMessageBytes the largest record that it takes
     */
    record Present(int maxMessageBytes) implements Found {}

    /** There is none of that name. */
    record Missing() implements Found {}

    /** Kafka has been asked and has not answered yet. */
    record Asked() implements Found {}
  }

  /** Knows of none, for who settles nothing. */
  OutputTopics NONE =
      new OutputTopics() {
        @Override
        public Found find(String topic) {
          return new Found.Missing();
        }

        @Override
        public OptionalInt limit(String topic) {
          return OptionalInt.empty();
        }
      };

  /** What is known; asks Kafka where that is nothing, and does not wait for the answer. */
  Found find(String topic);

  /**
   * The largest record that a topic takes, for who has something to write to it now. Waits for
   * Kafka once, as its producer does before the first record to a topic, and no more than some
   * seconds.
   *
   * @return empty where there is no such topic
   */
  OptionalInt limit(String topic);
}
