/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import io.streambed.connectors.aws.AwsSettings;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** Names, defaults and texts of the source's settings. */
final class SourceSettings {

  static final String STREAMS = "streams";
  static final String PATTERN = "streams.pattern";
  static final String TOPIC = "topic";
  static final String SHARDS_TOPIC = "shards.topic";
  static final String START = "start.position";
  static final String START_TIME = "start.timestamp";
  static final String VALUE_FORMAT = "value.format";
  static final String RECORD_KEY = "record.key";
  static final String OUTSIDE = "aggregated.outside.shard";
  static final String DEAGGREGATE = "deaggregate";
  static final String CONSUMER = "consumer.name";
  static final String READ_INTERVAL = "read.interval.ms";
  static final String READ_RECORDS = "read.max.records";
  static final String BUFFER = "buffer.max.bytes";
  static final String POLL_RECORDS = "poll.max.records";
  static final String TRANSACTION_RECORDS = "transaction.max.records";
  static final String REFRESH = "shards.refresh.ms";

  private static final String WHAT = "Streams";
  private static final String RECORDS = "Records";
  private static final String READING = "Reading";

  static final ConfigDef DEFINITION =
      AwsSettings.define(reading(records(streams(new ConfigDef()))));

  private SourceSettings() {}

  private static ConfigDef streams(ConfigDef settings) {
    int order = 0;
    return settings
        .define(
            STREAMS,
            Type.LIST,
            List.of(),
            ConfigDef.LambdaValidator.with(
                SourceSettings::checkStreams, () -> "names or ARNs of streams"),
            Importance.HIGH,
            "Streams to read, by name or by ARN.",
            WHAT,
            ++order,
            Width.LONG,
            "Streams")
        .define(
            PATTERN,
            Type.STRING,
            null,
            ConfigDef.LambdaValidator.with(
                SourceSettings::checkPattern, () -> "a regular expression"),
            Importance.MEDIUM,
            "Regular expression: every stream of the account and region whose whole name matches is read, too. Streams that come later are found.",
            WHAT,
            ++order,
            Width.LONG,
            "Pattern")
        .define(
            START,
            Type.STRING,
            "trim_horizon",
            oneOf("trim_horizon", "latest", "timestamp"),
            Importance.HIGH,
            "Where to begin in a shard without a stored offset: its oldest record, what arrives from now on, or `start.timestamp`. Shards that come out of a split or merge later are read whole.",
            WHAT,
            ++order,
            Width.MEDIUM,
            "Start",
            new Choice("trim_horizon", "latest", "timestamp"))
        .define(
            START_TIME,
            Type.STRING,
            null,
            ConfigDef.LambdaValidator.with(SourceSettings::checkTime, () -> "a time"),
            Importance.MEDIUM,
            "With `start.position` timestamp: records that arrived from this time on, such as 2026-01-31T00:00:00Z.",
            WHAT,
            ++order,
            Width.MEDIUM,
            "Start time")
        .define(
            CONSUMER,
            Type.STRING,
            null,
            ConfigDef.LambdaValidator.with(SourceSettings::checkConsumer, () -> "a name"),
            Importance.MEDIUM,
            "Enhanced fan-out: name of a consumer, which the connector registers on each stream. Records are then pushed, at 2 MB/s a shard of its own, for a price; without a name shards are polled, and share theirs with other readers. The consumer stays registered when the connector is deleted.",
            WHAT,
            ++order,
            Width.MEDIUM,
            "Fan-out consumer")
        .define(
            REFRESH,
            Type.INT,
            10_000,
            ConfigDef.Range.between(100, 3_600_000),
            Importance.LOW,
            "How often streams and shards are listed to find new ones.",
            WHAT,
            ++order,
            Width.SHORT,
            "Refresh");
  }

  private static ConfigDef records(ConfigDef settings) {
    int order = 0;
    return settings
        .define(
            TOPIC,
            Type.STRING,
            "${stream}",
            new ConfigDef.NonEmptyString(),
            Importance.HIGH,
            "Topic for the records; ${stream} in it becomes the stream's name.",
            RECORDS,
            ++order,
            Width.LONG,
            "Topic")
        .define(
            SHARDS_TOPIC,
            Type.STRING,
            "kinesis-shards",
            new ConfigDef.NonEmptyString(),
            Importance.MEDIUM,
            "Topic for one small record at each shard's end and, with `start.position` latest, its begin. Connect stores offsets with records only, so these carry the offset that says so.",
            RECORDS,
            ++order,
            Width.LONG,
            "Topic of shards")
        .define(
            VALUE_FORMAT,
            Type.STRING,
            "bytes",
            oneOf("bytes", "string", "json"),
            Importance.MEDIUM,
            "What values are given on as: the bytes, a UTF-8 string, or JSON without a schema. What is no JSON is given on as a string.",
            RECORDS,
            ++order,
            Width.MEDIUM,
            "Value format",
            new Choice("bytes", "string", "json"))
        .define(
            RECORD_KEY,
            Type.STRING,
            "partition-key",
            oneOf("partition-key", "shard", "none"),
            Importance.MEDIUM,
            "Key of the records: the partition key, which keeps its order; the shard, which keeps the whole shard's; or none.",
            RECORDS,
            ++order,
            Width.MEDIUM,
            "Key",
            new Choice("partition-key", "shard", "none"))
        .define(
            DEAGGREGATE,
            Type.BOOLEAN,
            true,
            Importance.MEDIUM,
            "Whether aggregated records of the Kinesis Producer Library are taken apart.",
            RECORDS,
            ++order,
            Width.SHORT,
            "Take apart")
        .define(
            OUTSIDE,
            Type.STRING,
            "deliver",
            oneOf("deliver", "drop"),
            Importance.LOW,
            "What happens to an aggregated record that holds one whose hash key is outside its shard. The Kinesis Producer Library sends all of it again when a split made it so: with that library choose drop, as its consumer library does, or there will be repeats. Other producers do not: deliver loses nothing.",
            RECORDS,
            ++order,
            Width.SHORT,
            "Outside its shard",
            new Choice("deliver", "drop"))
        .define(
            POLL_RECORDS,
            Type.INT,
            1_000,
            ConfigDef.Range.between(1, 100_000),
            Importance.LOW,
            "Most records handed to the worker at once; with `transaction.boundary` poll, a transaction.",
            RECORDS,
            ++order,
            Width.SHORT,
            "Records at once")
        .define(
            TRANSACTION_RECORDS,
            Type.INT,
            10_000,
            ConfigDef.Range.between(1, 1_000_000),
            Importance.LOW,
            "With `transaction.boundary` connector: a transaction ends when nothing more is at hand, or after so many records. No aggregated record is split by it.",
            RECORDS,
            ++order,
            Width.SHORT,
            "Records a transaction");
  }

  private static ConfigDef reading(ConfigDef settings) {
    int order = 0;
    return settings
        .define(
            READ_INTERVAL,
            Type.INT,
            250,
            ConfigDef.Range.between(200, 600_000),
            Importance.LOW,
            "Least time between two reads of a shard. Kinesis allows five reads a second and shard, for all its readers together.",
            READING,
            ++order,
            Width.SHORT,
            "Read interval")
        .define(
            READ_RECORDS,
            Type.INT,
            10_000,
            ConfigDef.Range.between(1, 10_000),
            Importance.LOW,
            "Most records of one read; Kinesis allows 10,000 and 10 MB.",
            READING,
            ++order,
            Width.SHORT,
            "Records a read")
        .define(
            BUFFER,
            Type.LONG,
            32L << 20,
            ConfigDef.Range.between(1 << 20, 1L << 40),
            Importance.LOW,
            "No shard is read while a task holds this many bytes that the worker has not taken, with 800 a record for what it costs in memory beside its own. Each shard may bring one read more.",
            READING,
            ++order,
            Width.SHORT,
            "Buffer");
  }

  private static void checkStreams(String name, Object value) {
    for (Object stream : (List<?>) value) {
      if (!StreamName.isValid(stream.toString())) {
        throw new ConfigException(
            name,
            stream,
            "is neither a stream's name (letters, digits, _ . -) nor its ARN (arn:aws:kinesis:REGION:ACCOUNT:stream/NAME)");
      }
    }
  }

  private static void checkPattern(String name, Object value) {
    if (value != null) {
      try {
        Pattern.compile(value.toString());
      } catch (PatternSyntaxException e) {
        throw new ConfigException(name, value, "is no regular expression: " + e.getDescription());
      }
    }
  }

  private static void checkTime(String name, Object value) {
    if (value != null) {
      try {
        Instant.parse(value.toString());
      } catch (DateTimeParseException e) {
        throw new ConfigException(name, value, "must look like 2026-01-31T00:00:00Z");
      }
    }
  }

  private static void checkConsumer(String name, Object value) {
    if (value != null && !value.toString().matches("[a-zA-Z0-9_.-]{1,128}")) {
      throw new ConfigException(
          name, value, "must be 1 to 128 letters, digits, dots, hyphens and underscores");
    }
  }

  private static ConfigDef.Validator oneOf(String... choices) {
    return ConfigDef.CaseInsensitiveValidString.in(choices);
  }

  /** A closed list, for user interfaces. */
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

  static String lower(String value) {
    return value.toLowerCase(Locale.ROOT);
  }
}
