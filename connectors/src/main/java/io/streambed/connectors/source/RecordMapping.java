/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.connectors.kpl.Deaggregation;
import io.streambed.connectors.kpl.UserRecord;
import io.streambed.connectors.source.KinesisSourceConfig.RecordKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;
import software.amazon.awssdk.services.kinesis.model.Record;

/** Makes Connect's records of Kinesis' records. Pure; any thread. */
final class RecordMapping {

  static final String STREAM = "kinesis.stream";
  static final String SHARD = "kinesis.shard";
  static final String SEQUENCE = "kinesis.sequence";
  static final String SUBSEQUENCE = "kinesis.subsequence";
  static final String ARRIVAL = "kinesis.arrival";
  static final String EVENT = "kinesis.shard.event";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final KinesisSourceConfig config;

  RecordMapping(KinesisSourceConfig config) {
    this.config = config;
  }

  /**
   * The records to hand on.
   *
   * @param before how far the shard was read before these; of an aggregated record that was given
   *     on in part only the rest is
   */
  List<SourceRecord> records(ShardInfo shard, List<Record> read, Position before) {
    List<SourceRecord> records = new ArrayList<>(read.size());
    for (Record record : read) {
      byte[] data = record.data().asByteArrayUnsafe();
      Optional<List<UserRecord>> parts =
          config.deaggregates() ? Deaggregation.of(data) : Optional.empty();
      if (parts.isPresent()) {
        if (!config.dropsOutsideShard() || parts.get().stream().allMatch(shard.keys()::hold)) {
          addParts(records, shard, record, parts.get(), given(record, before));
        }
      } else {
        records.add(
            record(shard, record, record.partitionKey(), data, whole(record), Optional.empty()));
      }
    }
    return records;
  }

  private void addParts(
      List<SourceRecord> records,
      ShardInfo shard,
      Record record,
      List<UserRecord> parts,
      long given) {
    for (int i = 0; i < parts.size(); i++) {
      if (i <= given) {
        continue;
      }
      Position position =
          i == parts.size() - 1 ? whole(record) : new Position.Within(record.sequenceNumber(), i);
      UserRecord part = parts.get(i);
      records.add(
          record(shard, record, part.partitionKey(), part.data(), position, Optional.of(i)));
    }
  }

  private static Position whole(Record record) {
    return new Position.After(record.sequenceNumber());
  }

  /** Number of the last part that was given on before; -1 if none was. */
  private static long given(Record record, Position before) {
    return before instanceof Position.Within within
            && within.sequence().equals(record.sequenceNumber())
        ? within.subsequence()
        : -1;
  }

  private SourceRecord record(
      ShardInfo shard,
      Record record,
      String partitionKey,
      byte[] data,
      Position position,
      Optional<Integer> part) {
    Headers headers = headers(shard.id());
    headers.addString(SEQUENCE, record.sequenceNumber());
    part.ifPresent(index -> headers.addString(SUBSEQUENCE, Integer.toString(index)));
    long arrival = record.approximateArrivalTimestamp().toEpochMilli();
    headers.addLong(ARRIVAL, arrival);
    SchemaAndValue value = value(data);
    String key =
        switch (config.recordKey()) {
          case PARTITION_KEY -> partitionKey;
          case SHARD -> shard.id().shard();
          case NONE -> null;
        };
    return new SourceRecord(
        shard.id().partition(),
        position.offset(),
        config.topic(shard.id().stream()),
        null,
        config.recordKey() == RecordKey.NONE ? null : Schema.STRING_SCHEMA,
        key,
        value.schema(),
        value.value(),
        arrival,
        headers);
  }

  private SchemaAndValue value(byte[] data) {
    return switch (config.valueFormat()) {
      case BYTES -> new SchemaAndValue(Schema.BYTES_SCHEMA, data);
      case STRING -> string(data);
      case JSON -> {
        try {
          Object value = JSON.readValue(data, Object.class);
          yield value == null ? string(data) : new SchemaAndValue(null, value);
        } catch (IOException e) {
          yield string(data);
        }
      }
    };
  }

  private static SchemaAndValue string(byte[] data) {
    return new SchemaAndValue(Schema.STRING_SCHEMA, new String(data, StandardCharsets.UTF_8));
  }

  /**
   * A record that says something of a shard and carries its offset.
   *
   * <p>Its value is bytes, which all converters take, and its key is nothing.
   *
   * @param event such as {@code ended}
   * @param time epoch milliseconds
   */
  SourceRecord marker(ShardId shard, Position position, String event, long time) {
    Map<String, Object> text =
        Map.of(
            "stream", shard.stream().given(), "shard", shard.shard(), "event", event, "time", time);
    byte[] value;
    try {
      value = JSON.writeValueAsBytes(new java.util.TreeMap<>(text));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Headers headers = headers(shard);
    headers.addString(EVENT, event);
    return new SourceRecord(
        shard.partition(),
        position.offset(),
        config.shardsTopic(),
        null,
        null,
        null,
        Schema.BYTES_SCHEMA,
        value,
        time,
        headers);
  }

  private static Headers headers(ShardId shard) {
    Headers headers = new ConnectHeaders();
    headers.addString(STREAM, shard.stream().given());
    headers.addString(SHARD, shard.shard());
    return headers;
  }
}
