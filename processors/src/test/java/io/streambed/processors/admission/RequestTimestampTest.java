/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTimestampTest {

  private static final long NOW = 1_700_000_000_000L;

  @ParameterizedTest(name = "record {0}, partition {1}: {2}")
  @CsvSource({
    "1699999999999, 5, 1699999999999",
    "0, 5, 0",
    "1700000060000, 5, 1700000060000",
    "-1, 5, 5",
    "-1, -1, 1700000000000",
    "1700086400001, 5, 5",
    "9223372036854775807, -1, 1700000000000",
  })
  void aTimeThatCannotBeIsReplacedAndTheRecordIsKept(long time, long partition, long expected) {
    // Given
    RequestTimestamp extractor =
        new RequestTimestamp(InstantSource.fixed(java.time.Instant.ofEpochMilli(NOW)));

    // When
    long extracted = extractor.extract(message(time), partition);

    // Then
    assertThat(extracted).isEqualTo(expected);
  }

  private static ConsumerRecord<Object, Object> message(long time) {
    return new ConsumerRecord<>(
        "t",
        0,
        0,
        time,
        TimestampType.CREATE_TIME,
        0,
        0,
        "k",
        "v",
        new RecordHeaders(),
        Optional.empty());
  }
}
