/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import io.streambed.connectors.aws.AwsSettings;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** Names, defaults and texts of the sink's settings. */
final class SinkSettings {

  static final String STREAM = "stream";
  static final String PARTITION_KEY = "partition.key";
  static final String HASH_KEY = "explicit.hash.key";
  static final String ORDER = "order";
  static final String AGGREGATION = "aggregation";
  static final String VALUE_FORMAT = "value.format";
  static final String DEDUP = "dedup.id";
  static final String DEDUP_FIELD = "dedup.id.field";
  static final String TOMBSTONES = "tombstones";
  static final String RECORD_BYTES = "record.max.bytes";
  static final String BATCH_RECORDS = "batch.max.records";
  static final String BATCH_BYTES = "batch.max.bytes";
  static final String LINGER = "linger.ms";
  static final String REQUESTS = "requests.max";
  static final String BUFFER_BYTES = "buffer.max.bytes";
  static final String DELIVERY_TIMEOUT = "delivery.timeout.ms";

  /** "PutRecords" in the Kinesis API reference: records of a request. */
  private static final int MOST_RECORDS = 500;

  /** The same: bytes of a request. What a stream takes can be raised to twice as much. */
  private static final int USUAL_BATCH = 5 << 20;

  /** The same: bytes of a record. What a stream takes can be raised to ten times as much. */
  private static final int USUAL_RECORD = 1 << 20;

  private static final int LARGEST = 10 << 20;

  private static final String TARGET = "Target";
  private static final String RECORDS = "Records";
  private static final String SENDING = "Sending";

  static final ConfigDef DEFINITION = AwsSettings.define(sending(records(target(new ConfigDef()))));

  private SinkSettings() {}

  private static ConfigDef target(ConfigDef settings) {
    int order = 0;
    return settings
        .define(
            STREAM,
            Type.STRING,
            ConfigDef.NO_DEFAULT_VALUE,
            ConfigDef.LambdaValidator.with(SinkSettings::checkStream, () -> "a stream"),
            Importance.HIGH,
            "Stream to write to, by name or by ARN; ${topic} in it becomes the record's topic.",
            TARGET,
            ++order,
            Width.LONG,
            "Stream")
        .define(
            PARTITION_KEY,
            Type.STRING,
            "key",
            ConfigDef.LambdaValidator.with(
                SinkSettings::checkPartitionKey,
                () -> KeySource.PICKED_FORMS + ", topic-partition or none"),
            Importance.HIGH,
            "What decides a record's shard: `key`, the record's key as text; `field:NAME` or `field:OUTER.INNER`, a field of its value; `header:NAME`; `topic-partition`; or `none`, which spreads records evenly. A record that has nothing there is spread. A key longer than the 256 characters that Kinesis allows is replaced by its SHA-256.",
            TARGET,
            ++order,
            Width.MEDIUM,
            "Partition key",
            new Choice("key", "topic-partition", "none"))
        .define(
            HASH_KEY,
            Type.STRING,
            null,
            ConfigDef.LambdaValidator.with(
                SinkSettings::checkHashKey, () -> KeySource.PICKED_FORMS),
            Importance.LOW,
            "What names the shard outright, in the same forms but the last two: a decimal number below 2^128. A record that has nothing there goes by its partition key.",
            TARGET,
            ++order,
            Width.MEDIUM,
            "Explicit hash key")
        .define(
            ORDER,
            Type.STRING,
            "none",
            ConfigDef.CaseInsensitiveValidString.in("none", "partition.key"),
            Importance.HIGH,
            "`none`: records can overtake each other when Kinesis refuses some of a request. `partition.key`: a record is sent after the one before it with the same partition key was acknowledged; with `aggregation` those that wait go as one.",
            TARGET,
            ++order,
            Width.MEDIUM,
            "Order",
            new Choice("none", "partition.key"))
        .define(
            AGGREGATION,
            Type.BOOLEAN,
            false,
            Importance.MEDIUM,
            "Whether records of one partition key and hash key are put together in the format of the Kinesis Producer Library, which its consumer library and Lambda take apart. With `partition.key` none, and for records without a key, neighbours share one.",
            TARGET,
            ++order,
            Width.SHORT,
            "Aggregation");
  }

  private static ConfigDef records(ConfigDef settings) {
    int order = 0;
    return settings
        .define(
            VALUE_FORMAT,
            Type.STRING,
            "auto",
            ConfigDef.CaseInsensitiveValidString.in("auto", "json"),
            Importance.MEDIUM,
            "`auto`: strings and bytes as they are, everything else as JSON. `json`: everything as JSON.",
            RECORDS,
            ++order,
            Width.SHORT,
            "Value format",
            new Choice("auto", "json"))
        .define(
            DEDUP,
            Type.STRING,
            "field",
            ConfigDef.CaseInsensitiveValidString.in("none", "field", "envelope"),
            Importance.HIGH,
            "Records arrive at least once; by this id, made of topic, partition and offset, a reader can drop repeats. `field`: values that are JSON objects get a field `dedup.id.field`, others go without. `envelope`: every record is put into a JSON object with id, topic, partition, offset, timestamp, key, headers and value. `none`: without.",
            RECORDS,
            ++order,
            Width.SHORT,
            "Id against repeats",
            List.of(DEDUP_FIELD),
            new Choice("none", "field", "envelope"))
        .define(
            DEDUP_FIELD,
            Type.STRING,
            "_id",
            ConfigDef.LambdaValidator.with(SinkSettings::checkField, () -> "a field's name"),
            Importance.LOW,
            "Name of the id's field. A record that has such a field already is refused.",
            RECORDS,
            ++order,
            Width.SHORT,
            "Field of the id",
            new OnlyWithField())
        .define(
            TOMBSTONES,
            Type.STRING,
            "skip",
            ConfigDef.CaseInsensitiveValidString.in("skip", "fail", "empty"),
            Importance.MEDIUM,
            "What happens to a record without a value: it is left out, it is an error, or it is sent empty, in an envelope as null.",
            RECORDS,
            ++order,
            Width.SHORT,
            "Tombstones",
            new Choice("skip", "fail", "empty"))
        .define(
            RECORD_BYTES,
            Type.INT,
            USUAL_RECORD,
            ConfigDef.Range.between(1 << 10, LARGEST),
            Importance.LOW,
            "Most bytes of a record, data and partition key. Raise it only if the stream's own limit was raised. Larger ones go to the error topic (`errors.tolerance` all and `errors.deadletterqueue.topic.name`), or stop the task.",
            RECORDS,
            ++order,
            Width.SHORT,
            "Largest record");
  }

  private static ConfigDef sending(ConfigDef settings) {
    int order = 0;
    return settings
        .define(
            BATCH_RECORDS,
            Type.INT,
            MOST_RECORDS,
            ConfigDef.Range.between(1, MOST_RECORDS),
            Importance.LOW,
            "Most records of a request; Kinesis allows 500.",
            SENDING,
            ++order,
            Width.SHORT,
            "Records a request")
        .define(
            BATCH_BYTES,
            Type.INT,
            USUAL_BATCH,
            ConfigDef.Range.between(1 << 10, LARGEST),
            Importance.LOW,
            "Most bytes of a request, data and partition keys; not less than `record.max.bytes`.",
            SENDING,
            ++order,
            Width.SHORT,
            "Bytes a request")
        .define(
            LINGER,
            Type.INT,
            50,
            ConfigDef.Range.between(0, 60_000),
            Importance.MEDIUM,
            "How long a record waits for others to go with, in milliseconds.",
            SENDING,
            ++order,
            Width.SHORT,
            "Linger")
        .define(
            REQUESTS,
            Type.INT,
            8,
            ConfigDef.Range.between(1, 100),
            Importance.LOW,
            "Most requests of a task that are under way at once.",
            SENDING,
            ++order,
            Width.SHORT,
            "Requests at once")
        .define(
            BUFFER_BYTES,
            Type.LONG,
            32L << 20,
            ConfigDef.Range.between(1L << 16, 1L << 40),
            Importance.LOW,
            "A task that holds so many bytes not acknowledged yet reads no more until half of them are. What one poll of its consumer brings comes on top.",
            SENDING,
            ++order,
            Width.SHORT,
            "Buffer")
        .define(
            DELIVERY_TIMEOUT,
            Type.INT,
            120_000,
            ConfigDef.Range.between(1_000, 86_400_000),
            Importance.MEDIUM,
            "The task fails when Kinesis has refused a record for so long, in milliseconds; started anew, it sends again what was not acknowledged.",
            SENDING,
            ++order,
            Width.SHORT,
            "Delivery time-out");
  }

  private static void checkStream(String name, Object value) {
    if (value == null || !StreamTemplate.isValid(value.toString())) {
      throw new ConfigException(
          name,
          value,
          "is neither a stream's name (1 to 128 letters, digits, _ . -) nor its ARN (arn:aws:kinesis:REGION:ACCOUNT:stream/NAME), with or without ${topic}");
    }
  }

  private static void checkPartitionKey(String name, Object value) {
    if (value == null || KeySource.of(value.toString()).isEmpty()) {
      throw new ConfigException(
          name, value, "must be " + KeySource.PICKED_FORMS + ", topic-partition or none");
    }
  }

  private static void checkHashKey(String name, Object value) {
    if (value != null && KeySource.picked(value.toString()).isEmpty()) {
      throw new ConfigException(name, value, "must be " + KeySource.PICKED_FORMS);
    }
  }

  private static void checkField(String name, Object value) {
    if (value == null || !value.toString().matches("[a-zA-Z0-9_.-]{1,100}")) {
      throw new ConfigException(
          name, value, "must be 1 to 100 letters, digits, dots, hyphens and underscores");
    }
  }

  /** Proposals, for user interfaces. */
  private record Choice(List<Object> values) implements ConfigDef.Recommender {
    Choice(String... values) {
      this(List.<Object>of((Object[]) values));
    }

    @Override
    public List<Object> validValues(String name, Map<String, Object> settings) {
      return values;
    }

    @Override
    public boolean visible(String name, Map<String, Object> settings) {
      return true;
    }
  }

  /** Hides what has no effect. */
  private record OnlyWithField() implements ConfigDef.Recommender {
    @Override
    public List<Object> validValues(String name, Map<String, Object> settings) {
      return List.of();
    }

    @Override
    public boolean visible(String name, Map<String, Object> settings) {
      return "field".equalsIgnoreCase(String.valueOf(settings.get(DEDUP)));
    }
  }
}
