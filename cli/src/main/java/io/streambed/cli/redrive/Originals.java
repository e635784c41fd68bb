/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.redrive;

import io.streambed.cli.cluster.RecordReader;
import io.streambed.processors.redrive.Original;
import io.streambed.processors.redrive.RequestPlace;
import io.streambed.processors.redrive.Skip;
import io.streambed.processors.redrive.Whereabouts;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.RecordHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Fetches the requests of dead letters, from where they still are. For one thread. */
public final class Originals {
  private final RecordReader records;

  /**
   * @param records closed by whoever made it
   */
  public Originals(RecordReader records) {
    this.records = records;
  }

  /** What was found. */
  public sealed interface Found {
    /** The request. */
    record There(Original original) implements Found {}

    /** It cannot be had. */
    record Not(Skip reason) implements Found {}
  }

  /** Fetches one. Reads from Kafka where the dead letter does not hold it. */
  public Found of(DeadLetter letter) {
    return switch (Whereabouts.of(letter)) {
      case Whereabouts.Here(Original original) -> new Found.There(original);
      case Whereabouts.AtItsPlace place -> fetched(place);
      case Whereabouts.Nowhere nowhere -> new Found.Not(Skip.NO_VALUE);
    };
  }

  private Found fetched(Whereabouts.AtItsPlace sought) {
    RequestPlace place = sought.place();
    Optional<ConsumerRecord<byte[], byte[]>> record =
        records.at(place.topic(), place.partition(), place.offset());
    if (record.isEmpty()) {
      return new Found.Not(Skip.GONE);
    }
    byte[] value = record.get().value();
    if (value == null || !sought.holds(value)) {
      return new Found.Not(Skip.CHANGED);
    }
    List<RecordHeader> headers = new ArrayList<>();
    for (Header header : record.get().headers()) {
      byte[] held = header.value();
      headers.add(new RecordHeader(header.key(), held == null ? null : ByteBuffer.wrap(held)));
    }
    return new Found.There(new Original(record.get().key(), value, headers));
  }
}
