/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import static io.streambed.connectors.sink.Samples.config;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {

  private static final Schema ORDER =
      SchemaBuilder.struct()
          .field("name", Schema.STRING_SCHEMA)
          .field("amount", Schema.INT64_SCHEMA)
          .build();

  @Test
  void theKeyIsThePartitionKeyAsText() {
    assertThat(partitionKey(Schema.STRING_SCHEMA, "k")).isEqualTo("k");
    assertThat(partitionKey(Schema.INT32_SCHEMA, 12)).isEqualTo("12");
    assertThat(partitionKey(Schema.BYTES_SCHEMA, Samples.bytes("k"))).isEqualTo("k");
    assertThat(partitionKey(Schema.BYTES_SCHEMA, ByteBuffer.wrap(Samples.bytes("k"))))
        .isEqualTo("k");
    assertThat(partitionKey(Schema.BYTES_SCHEMA, new byte[] {(byte) 0xff})).isEqualTo("/w==");
    assertThat(partitionKey(ORDER, new Struct(ORDER).put("name", "n").put("amount", 1L)))
        .isEqualTo("{\"name\":\"n\",\"amount\":1}");
  }

  @Test
  void theTopicAndPartitionCanBeThePartitionKey() {
    // When
    Outgoing outgoing = ready(Samples.text(7, "k", "a"), "partition.key", "topic-partition");

    // Then
    assertThat(outgoing.record().partitionKey()).isEqualTo("orders-0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "key", "header:tenant"})
  void recordsThatHaveNoKeyAreSpread(String source) {
    // When
    Outgoing first = ready(Samples.text(0, null, "a"), "partition.key", source);
    Outgoing second = ready(Samples.text(1, null, "a"), "partition.key", source);

    // Then
    assertThat(first.record().partitionKey()).isNotEqualTo(second.record().partitionKey());
  }

  @Test
  void withAggregationNeighboursWithoutAKeyShareOne() {
    // When
    Outgoing first = ready(Samples.text(0, "", "a"), "aggregation", "true");
    Outgoing second = ready(Samples.text(1, "", "a"), "aggregation", "true");
    Outgoing far = ready(Samples.text(1_000, "", "a"), "aggregation", "true");

    // Then
    assertThat(first.record().partitionKey()).isEqualTo(second.record().partitionKey());
    assertThat(first.record().partitionKey()).isNotEqualTo(far.record().partitionKey());
  }

  @Test
  void aKeyThatIsTooLongForKinesisIsReplacedByItsHash() {
    // When
    String longest = partitionKey(Schema.STRING_SCHEMA, "k".repeat(256));
    String tooLong = partitionKey(Schema.STRING_SCHEMA, "k".repeat(257));

    // Then
    assertThat(longest).isEqualTo("k".repeat(256));
    assertThat(tooLong).matches("[0-9a-f]{64}");
    assertThat(partitionKey(Schema.STRING_SCHEMA, "k".repeat(257))).isEqualTo(tooLong);
  }

  @Test
  void theExplicitHashKeyIsANumber() {
    // When
    Outgoing largest =
        ready(
            Samples.text(0, "340282366920938463463374607431768211455", "a"),
            "explicit.hash.key",
            "key");
    Outgoing without = ready(Samples.text(0, null, "a"), "explicit.hash.key", "key");

    // Then
    assertThat(largest.record().explicitHashKey())
        .contains(BigInteger.TWO.pow(128).subtract(BigInteger.ONE));
    assertThat(without.record().explicitHashKey()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"340282366920938463463374607431768211456", "-1", "1.5", "canary"})
  void whatIsNoHashKeyIsUnfit(String key) {
    assertThat(encode(Samples.text(0, key, "a"), "explicit.hash.key", "key"))
        .isInstanceOfSatisfying(
            Encoded.Unfit.class,
            unfit -> assertThat(unfit.why()).contains("explicit.hash.key").doesNotContain(key));
  }

  @Test
  void theTopicNamesTheStream() {
    assertThat(ready(Samples.text(0, "k", "a"), "stream", "live-${topic}").stream())
        .isEqualTo("live-orders");
  }

  @Test
  void stringsAndBytesGoAsTheyAre() {
    assertThat(data(Samples.text(0, "k", "ä"))).isEqualTo("ä");
    assertThat(data(Samples.record(0, null, "k", null, Samples.bytes("ä")))).isEqualTo("ä");
  }

  @Test
  void structsAndMapsGoAsJsonWithTheId() {
    // Given
    Struct struct = new Struct(ORDER).put("name", "n").put("amount", 12L);

    // Then
    assertThat(data(Samples.record(5, null, "k", ORDER, struct)))
        .isEqualTo("{\"_id\":\"orders-0-5\",\"name\":\"n\",\"amount\":12}");
    assertThat(data(Samples.record(5, null, "k", null, Map.of("a", true))))
        .isEqualTo("{\"_id\":\"orders-0-5\",\"a\":true}");
  }

  @Test
  void withoutAnIdJsonIsJustTheValue() {
    assertThat(data(Samples.record(5, null, "k", null, Map.of("a", true)), "dedup.id", "none"))
        .isEqualTo("{\"a\":true}");
  }

  @Test
  void theFieldsNameCanBeChosen() {
    assertThat(
            data(Samples.record(5, null, "k", null, Map.of("_id", 1)), "dedup.id.field", "eventId"))
        .isEqualTo("{\"eventId\":\"orders-0-5\",\"_id\":1}");
  }

  @Test
  void asJsonAStringIsQuoted() {
    assertThat(data(Samples.text(0, "k", "a"), "value.format", "json")).isEqualTo("\"a\"");
  }

  @Test
  void theIdIsOfTheRecordAsItWasRead() {
    // Given
    SinkRecord read = Samples.record(5, null, "k", null, Map.of("a", true));

    // When
    SinkRecord renamed =
        read.newRecord("other", 9, null, "k", null, Map.of("a", false), read.timestamp());

    // Then
    assertThat(data(renamed)).isEqualTo("{\"_id\":\"orders-0-5\",\"a\":false}");
    assertThat(ready(renamed, "stream", "${topic}").stream()).isEqualTo("other");
  }

  @Test
  void aRecordWithoutAValueIsTreatedAsTheUserWants() {
    // Given
    SinkRecord tombstone = Samples.text(0, "k", null);

    // Then
    assertThat(encode(tombstone)).isEqualTo(new Encoded.Nothing());
    assertThat(data(tombstone, "tombstones", "empty")).isEmpty();
    assertThat(data(tombstone, "tombstones", "empty", "dedup.id", "envelope"))
        .contains("\"value\":null");
    assertThat(encode(tombstone, "tombstones", "fail"))
        .isInstanceOfSatisfying(
            Encoded.Unfit.class, unfit -> assertThat(unfit.why()).contains("tombstones"));
  }

  @Test
  void dataAndPartitionKeyTogetherMustNotBeTooLarge() {
    // Given
    String key = "ä";

    // When
    Encoded fits = encode(Samples.text(0, key, "x".repeat(1_022)), "record.max.bytes", "1024");
    Encoded tooLarge = encode(Samples.text(0, key, "x".repeat(1_023)), "record.max.bytes", "1024");

    // Then
    assertThat(fits).isInstanceOf(Encoded.Ready.class);
    assertThat(tooLarge)
        .isInstanceOfSatisfying(
            Encoded.Oversize.class,
            oversize ->
                assertThat(oversize.why())
                    .contains("1025")
                    .contains("1024")
                    .contains("record.max.bytes"));
  }

  @Test
  void whatCannotBeWrittenIsUnfitAndNothingOfItIsTold() {
    // Given
    Map<String, Object> broken =
        new HashMap<>() {
          @Override
          public Set<Map.Entry<String, Object>> entrySet() {
            throw new IllegalStateException("canary");
          }
        };
    SinkRecord record = Samples.record(0, null, "k", null, broken);
    SinkRecord other = Samples.record(0, null, "k", ORDER, Map.of("name", "canary"));

    // Then
    assertThat(encode(record))
        .isInstanceOfSatisfying(
            Encoded.Unfit.class,
            unfit ->
                assertThat(unfit.why()).contains("IllegalStateException").doesNotContain("canary"));
    assertThat(encode(other))
        .isInstanceOfSatisfying(
            Encoded.Unfit.class, unfit -> assertThat(unfit.why()).doesNotContain("canary"));
  }

  private static Encoded encode(SinkRecord record, String... settings) {
    return new Encoding(config(settings)).encode(record, Origin.of(record), 0);
  }

  private static Outgoing ready(SinkRecord record, String... settings) {
    return ((Encoded.Ready) encode(record, settings)).record();
  }

  private static String data(SinkRecord record, String... settings) {
    return Samples.text(ready(record, settings).record().data());
  }

  private static String partitionKey(Schema schema, @Nullable Object key) {
    SinkRecord record = Samples.record(0, schema, key, null, "a");
    return ready(record).record().partitionKey();
  }
}
