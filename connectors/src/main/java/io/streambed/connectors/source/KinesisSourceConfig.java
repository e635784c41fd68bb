/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import io.streambed.connectors.aws.AwsConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The source's settings, checked. */
public final class KinesisSourceConfig extends AbstractConfig {

  /** Every setting with its type, default and text. */
  public static final ConfigDef DEFINITION = SourceSettings.DEFINITION;

  /** Where to begin in a shard that has no offset. */
  enum Start {
    TRIM_HORIZON,
    LATEST,
    TIMESTAMP
  }

  /** What values are given on as. */
  enum ValueFormat {
    BYTES,
    STRING,
    JSON
  }

  /** What records are keyed by. */
  enum RecordKey {
    PARTITION_KEY,
    SHARD,
    NONE
  }

  private final AwsConfig aws;

  /**
   * @throws ConfigException if a setting is wrong or contradicts another; it names the setting
   */
  public KinesisSourceConfig(Map<String, String> settings) {
    super(DEFINITION, settings, false);
    this.aws = AwsConfig.of(this);
    if (streams().isEmpty() && pattern().isEmpty()) {
      throw new ConfigException(
          SourceSettings.STREAMS,
          null,
          "nothing to read: name streams, or give " + SourceSettings.PATTERN);
    }
    if ((start() == Start.TIMESTAMP) != startTime().isPresent()) {
      throw new ConfigException(
          SourceSettings.START_TIME,
          getString(SourceSettings.START_TIME),
          "goes with " + SourceSettings.START + "=timestamp; set both or neither");
    }
  }

  AwsConfig aws() {
    return aws;
  }

  List<StreamName> streams() {
    return getList(SourceSettings.STREAMS).stream().distinct().map(StreamName::new).toList();
  }

  Optional<Pattern> pattern() {
    return text(SourceSettings.PATTERN).map(Pattern::compile);
  }

  String topic(StreamName stream) {
    return getString(SourceSettings.TOPIC).replace("${stream}", stream.name());
  }

  String shardsTopic() {
    return getString(SourceSettings.SHARDS_TOPIC);
  }

  Start start() {
    return choice(Start.class, SourceSettings.START);
  }

  Optional<Instant> startTime() {
    return text(SourceSettings.START_TIME).map(Instant::parse);
  }

  ValueFormat valueFormat() {
    return choice(ValueFormat.class, SourceSettings.VALUE_FORMAT);
  }

  RecordKey recordKey() {
    return choice(RecordKey.class, SourceSettings.RECORD_KEY);
  }

  boolean deaggregates() {
    return getBoolean(SourceSettings.DEAGGREGATE);
  }

  boolean dropsOutsideShard() {
    return "drop".equals(SourceSettings.lower(getString(SourceSettings.OUTSIDE)));
  }

  Optional<String> consumer() {
    return text(SourceSettings.CONSUMER);
  }

  Duration readInterval() {
    return Duration.ofMillis(getInt(SourceSettings.READ_INTERVAL));
  }

  int readRecords() {
    return getInt(SourceSettings.READ_RECORDS);
  }

  long bufferBytes() {
    return getLong(SourceSettings.BUFFER);
  }

  int pollRecords() {
    return getInt(SourceSettings.POLL_RECORDS);
  }

  int transactionRecords() {
    return getInt(SourceSettings.TRANSACTION_RECORDS);
  }

  Duration refresh() {
    return Duration.ofMillis(getInt(SourceSettings.REFRESH));
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(getString(name));
  }

  private <E extends Enum<E>> E choice(Class<E> type, String name) {
    String constant = getString(name).toUpperCase(java.util.Locale.ROOT).replace('-', '_');
    return Enum.valueOf(type, constant);
  }
}
