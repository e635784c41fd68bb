/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import static io.streambed.connectors.source.Shards.id;
import static io.streambed.connectors.source.Shards.shard;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.connectors.kpl.Aggregation;
import io.streambed.connectors.kpl.HashKeys;
import io.streambed.connectors.kpl.UserRecord;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.Record;

class RecordMappingTest {

  private static final Position NONE = new Position.Beginning();
  private static final Instant ARRIVAL = Instant.ofEpochMilli(1_790_000_000_123L);

  @Test
  void aRecordIsGivenOnWithItsPlace() {
    // Given
    RecordMapping mapping = mapping(Map.of("topic", "from-${stream}"));

    // When
    SourceRecord record =
        mapping.records(shard("a"), List.of(record("17", "k", text("hello"))), NONE).getFirst();

    // Then
    assertThat(record.topic()).isEqualTo("from-orders");
    assertThat(record.key()).isEqualTo("k");
    assertThat(record.value()).isEqualTo(text("hello"));
    assertThat(record.valueSchema()).isEqualTo(Schema.BYTES_SCHEMA);
    assertThat(record.timestamp()).isEqualTo(ARRIVAL.toEpochMilli());
    assertThat(record.sourcePartition()).isEqualTo(id("a").partition());
    assertThat(record.sourceOffset()).isEqualTo(Map.of("sequence", "17"));
    assertThat(record.headers().lastWithName("kinesis.stream").value()).isEqualTo("orders");
    assertThat(record.headers().lastWithName("kinesis.shard").value()).isEqualTo("a");
    assertThat(record.headers().lastWithName("kinesis.sequence").value()).isEqualTo("17");
    assertThat(record.headers().lastWithName("kinesis.arrival").value())
        .isEqualTo(ARRIVAL.toEpochMilli());
  }

  @Test
  void anAggregatedRecordIsTakenApart() {
    List<SourceRecord> records =
        mapping(Map.of()).records(shard("a"), List.of(aggregated("17", "x", "y", "z")), NONE);

    assertThat(records)
        .extracting(SourceRecord::value)
        .containsExactly(text("x"), text("y"), text("z"));
    assertThat(records).extracting(SourceRecord::key).containsExactly("kx", "ky", "kz");
    assertThat(records)
        .extracting(SourceRecord::sourceOffset)
        .containsExactly(
            new HashMap<>(Map.of("sequence", "17", "subsequence", 0L)),
            new HashMap<>(Map.of("sequence", "17", "subsequence", 1L)),
            new HashMap<>(Map.of("sequence", "17")));
  }

  @Test
  void ofAnAggregatedRecordOnlyTheRestIsGivenOnAgain() {
    List<Record> read = List.of(aggregated("17", "x", "y", "z"), aggregated("18", "u", "v"));

    assertThat(mapping(Map.of()).records(shard("a"), read, new Position.Within("17", 1)))
        .extracting(SourceRecord::value)
        .containsExactly(text("z"), text("u"), text("v"));
  }

  @Test
  void itIsLeftWholeWhereItShallBe() {
    Record record = aggregated("17", "x", "y");

    assertThat(mapping(Map.of("deaggregate", "false")).records(shard("a"), List.of(record), NONE))
        .extracting(SourceRecord::value)
        .containsExactly(record.data().asByteArray());
  }

  @Test
  void whatLiesOutsideItsShardIsDroppedOnlyOnDemand() {
    // Given
    HashKeys lower = new HashKeys(BigInteger.ZERO, HashKeys.of("kx").subtract(BigInteger.ONE));
    ShardInfo narrow = new ShardInfo(id("a"), java.util.Set.of(), lower);
    List<Record> read = List.of(aggregated("17", "x"), record("18", "k", text("alone")));

    // When, Then
    assertThat(mapping(Map.of()).records(narrow, read, NONE)).hasSize(2);
    assertThat(mapping(Map.of("aggregated.outside.shard", "drop")).records(narrow, read, NONE))
        .extracting(SourceRecord::value)
        .containsExactly(text("alone"));
  }

  @Test
  void jsonBecomesAValueAndWhatIsNoneAString() {
    List<SourceRecord> records =
        mapping(Map.of("value.format", "json"))
            .records(
                shard("a"),
                List.of(record("1", "k", text("{\"a\":[1]}")), record("2", "k", text("{"))),
                NONE);

    assertThat(records.get(0).valueSchema()).isNull();
    assertThat(records.get(0).value()).isEqualTo(Map.of("a", List.of(1)));
    assertThat(records.get(1).value()).isEqualTo("{");
  }

  @Test
  void theKeyIsTheShardOrNothingOnDemand() {
    List<Record> read = List.of(record("1", "k", text("x")));

    assertThat(mapping(Map.of("record.key", "shard")).records(shard("a"), read, NONE))
        .extracting(SourceRecord::key)
        .containsExactly("a");
    assertThat(mapping(Map.of("record.key", "none")).records(shard("a"), read, NONE))
        .extracting(SourceRecord::key)
        .containsOnlyNulls();
  }

  private static RecordMapping mapping(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("streams", "orders");
    return new RecordMapping(new KinesisSourceConfig(all));
  }

  private static Record aggregated(String sequence, String... values) {
    Aggregation aggregation = new Aggregation();
    for (String value : values) {
      aggregation.add(new UserRecord("k" + value, Optional.empty(), text(value)));
    }
    return record(sequence, "a", aggregation.bytes());
  }

  private static Record record(String sequence, String key, byte[] data) {
    return Record.builder()
        .sequenceNumber(sequence)
        .partitionKey(key)
        .data(SdkBytes.fromByteArray(data))
        .approximateArrivalTimestamp(ARRIVAL)
        .build();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
