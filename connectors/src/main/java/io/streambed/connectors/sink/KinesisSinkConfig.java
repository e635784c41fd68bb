/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import io.streambed.connectors.aws.AwsConfig;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The sink's settings, checked. */
public final class KinesisSinkConfig extends AbstractConfig {

  /** Every setting with its type, default and text. */
  public static final ConfigDef DEFINITION = SinkSettings.DEFINITION;

  /** How values become bytes. */
  enum ValueFormat {
    AUTO,
    JSON
  }

  /** Where the id goes by which a reader can drop repeats. */
  enum Dedup {
    NONE,
    FIELD,
    ENVELOPE
  }

  /** What happens to a record without a value. */
  enum Tombstones {
    SKIP,
    FAIL,
    EMPTY
  }

  /** Which records keep their order. */
  enum Order {
    NONE,
    PARTITION_KEY
  }

  private final AwsConfig aws;

  /**
   * @throws ConfigException if a setting is wrong or contradicts another; it names the setting
   */
  public KinesisSinkConfig(Map<String, String> settings) {
    super(DEFINITION, settings, false);
    this.aws = AwsConfig.of(this);
    if (getInt(SinkSettings.BATCH_BYTES) < getInt(SinkSettings.RECORD_BYTES)) {
      throw new ConfigException(
          SinkSettings.BATCH_BYTES,
          getInt(SinkSettings.BATCH_BYTES),
          "must not be less than " + SinkSettings.RECORD_BYTES + "; raise it or lower that one");
    }
    if (ordered() && partitionKey() instanceof KeySource.Spread) {
      throw new ConfigException(
          SinkSettings.ORDER,
          getString(SinkSettings.ORDER),
          "needs a partition key; set " + SinkSettings.PARTITION_KEY + " to another than none");
    }
  }

  AwsConfig aws() {
    return aws;
  }

  StreamTemplate stream() {
    return new StreamTemplate(getString(SinkSettings.STREAM));
  }

  KeySource partitionKey() {
    return KeySource.of(getString(SinkSettings.PARTITION_KEY)).orElseThrow();
  }

  Optional<KeySource.Picked> hashKey() {
    return Optional.ofNullable(getString(SinkSettings.HASH_KEY)).flatMap(KeySource::picked);
  }

  boolean ordered() {
    return choice(Order.class, SinkSettings.ORDER) == Order.PARTITION_KEY;
  }

  boolean aggregates() {
    return getBoolean(SinkSettings.AGGREGATION);
  }

  ValueFormat valueFormat() {
    return choice(ValueFormat.class, SinkSettings.VALUE_FORMAT);
  }

  Dedup dedup() {
    return choice(Dedup.class, SinkSettings.DEDUP);
  }

  IdField idField() {
    return new IdField(getString(SinkSettings.DEDUP_FIELD));
  }

  Tombstones tombstones() {
    return choice(Tombstones.class, SinkSettings.TOMBSTONES);
  }

  Limits limits() {
    return new Limits(
        getInt(SinkSettings.BATCH_RECORDS),
        getInt(SinkSettings.BATCH_BYTES),
        getInt(SinkSettings.RECORD_BYTES),
        Duration.ofMillis(getInt(SinkSettings.LINGER)));
  }

  int requests() {
    return getInt(SinkSettings.REQUESTS);
  }

  long bufferBytes() {
    return getLong(SinkSettings.BUFFER_BYTES);
  }

  Duration deliveryTimeout() {
    return Duration.ofMillis(getInt(SinkSettings.DELIVERY_TIMEOUT));
  }

  private <E extends Enum<E>> E choice(Class<E> type, String name) {
    return Enum.valueOf(type, getString(name).toUpperCase(Locale.ROOT).replace('.', '_'));
  }
}
