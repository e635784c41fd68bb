/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.settlement;

import io.micrometer.core.instrument.MeterRegistry;
import io.streambed.processors.answers.AnswersConfig;
import io.streambed.processors.commit.CommitPace;
import io.streambed.processors.job.OutputTopics;
import io.streambed.schemas.serdes.AvroEncoder;
import io.streambed.schemas.topics.Topics;
import java.util.Map;

/**
 * What every task's settlement shares or is told. The sinks have the names of their topics' roles:
 * see {@link Sinks}.
 *
 * @param encoder prepared for the schemas of all topics written to
 * @param maxMessageBytes by topic, the largest record that it takes
 * @param outputs topics that replayed requests name
 * @param budgets whether any tenant has a budget
 * @param maxAnswerBytes largest answer that is kept
 */
public record SettlementParts(
    Topics topics,
    AvroEncoder encoder,
    Map<String, Integer> maxMessageBytes,
    OutputTopics outputs,
    boolean budgets,
    int maxAnswerBytes,
    AnswersConfig answers,
    CommitPace.Settings commits,
    MeterRegistry meters) {

  /** Bytes that a record's own framing and attributes may take in a topic. */
  private static final int FRAMING = 1024;

  public SettlementParts {
    maxMessageBytes = Map.copyOf(maxMessageBytes);
  }

  /** The most bytes of key, value and headers together that a topic takes. */
  int limit(String topic) {
    return less(maxMessageBytes.getOrDefault(topic, 1 << 20));
  }

  /** The same of a topic that takes records of so many bytes. */
  int less(int recordBytes) {
    return recordBytes - FRAMING;
  }
}
