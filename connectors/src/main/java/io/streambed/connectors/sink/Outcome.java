/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** What Kinesis did with one record of a request. */
sealed interface Outcome {

  /**
   * It is in the stream.
   *
   * @param shard that has it
   */
  record Taken(String shard) implements Outcome {}

  /** Its shard has had enough for now. */
  record Throttled() implements Outcome {}

  /**
   * Kinesis failed.
   *
   * @param code of the error, which has nothing of the record
   */
  record Failed(String code) implements Outcome {}

  /**
   * The outcome of each record asked for, in their order: "Records" of the response in "PutRecords"
   * of the Kinesis API reference. A record that the answer does not mention was not taken.
   *
   * @param asked how many records the request had
   */
  static List<Outcome> of(List<PutRecordsResultEntry> entries, int asked) {
    List<Outcome> outcomes = new ArrayList<>(asked);
    for (int i = 0; i < asked; i++) {
      outcomes.add(i < entries.size() ? of(entries.get(i)) : new Failed("no answer"));
    }
    return outcomes;
  }

  private static Outcome of(PutRecordsResultEntry entry) {
    String code = entry.errorCode();
    if (code == null) {
      return entry.sequenceNumber() == null
          ? new Failed("no answer")
          : new Taken(String.valueOf(entry.shardId()));
    }
    return code.equals("ProvisionedThroughputExceededException")
        ? new Throttled()
        : new Failed(code);
  }
}
