/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import static io.streambed.connectors.sink.Samples.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KinesisSinkConfigTest {

  @Test
  void onlyTheStreamMustBeSet() {
    // When
    KinesisSinkConfig config = config();

    // Then
    assertThat(config.stream()).isEqualTo(new StreamTemplate("s"));
    assertThat(config.partitionKey()).isEqualTo(new KeySource.Key());
    assertThat(config.hashKey()).isEmpty();
    assertThat(config.ordered()).isFalse();
    assertThat(config.aggregates()).isFalse();
    assertThat(config.valueFormat()).isEqualTo(KinesisSinkConfig.ValueFormat.AUTO);
    assertThat(config.dedup()).isEqualTo(KinesisSinkConfig.Dedup.FIELD);
    assertThat(config.idField()).isEqualTo(new IdField("_id"));
    assertThat(config.tombstones()).isEqualTo(KinesisSinkConfig.Tombstones.SKIP);
    assertThat(config.limits()).isEqualTo(new Limits(500, 5 << 20, 1 << 20, Duration.ofMillis(50)));
    assertThat(config.requests()).isEqualTo(8);
    assertThat(config.bufferBytes()).isEqualTo(32 << 20);
    assertThat(config.deliveryTimeout()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void everySettingIsRead() {
    // When
    KinesisSinkConfig config =
        config(
            "stream", "arn:aws:kinesis:eu-central-1:123456789012:stream/${topic}",
            "partition.key", "field:customer.id",
            "explicit.hash.key", "header:shard",
            "order", "partition.key",
            "aggregation", "true",
            "value.format", "JSON",
            "dedup.id", "envelope",
            "dedup.id.field", "eventId",
            "tombstones", "empty",
            "batch.max.records", "10",
            "batch.max.bytes", "2000000",
            "record.max.bytes", "1000000",
            "linger.ms", "5",
            "requests.max", "3",
            "buffer.max.bytes", "1000000",
            "delivery.timeout.ms", "5000");

    // Then
    assertThat(config.stream().of("orders"))
        .isEqualTo("arn:aws:kinesis:eu-central-1:123456789012:stream/orders");
    assertThat(config.partitionKey()).isEqualTo(new KeySource.Field(List.of("customer", "id")));
    assertThat(config.hashKey()).contains(new KeySource.HeaderValue("shard"));
    assertThat(config.ordered()).isTrue();
    assertThat(config.aggregates()).isTrue();
    assertThat(config.valueFormat()).isEqualTo(KinesisSinkConfig.ValueFormat.JSON);
    assertThat(config.dedup()).isEqualTo(KinesisSinkConfig.Dedup.ENVELOPE);
    assertThat(config.idField()).isEqualTo(new IdField("eventId"));
    assertThat(config.tombstones()).isEqualTo(KinesisSinkConfig.Tombstones.EMPTY);
    assertThat(config.limits())
        .isEqualTo(new Limits(10, 2_000_000, 1_000_000, Duration.ofMillis(5)));
    assertThat(config.requests()).isEqualTo(3);
    assertThat(config.bufferBytes()).isEqualTo(1_000_000);
    assertThat(config.deliveryTimeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({
    "stream, a/b",
    "stream, ${subject}",
    "partition.key, value",
    "explicit.hash.key, none",
    "order, key",
    "value.format, avro",
    "dedup.id, header",
    "dedup.id.field, a b",
    "tombstones, delete",
    "batch.max.records, 501",
    "batch.max.bytes, 20000000",
    "record.max.bytes, 20000000",
    "linger.ms, -1",
    "requests.max, 0",
    "buffer.max.bytes, 1",
    "delivery.timeout.ms, 0"
  })
  void aWrongValueIsRefusedByName(String name, String value) {
    assertThatThrownBy(() -> config(name, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("configuration " + name + ":");
  }

  @Test
  void aRecordMustFitARequest() {
    assertThatThrownBy(() -> config("batch.max.bytes", "1000000"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("configuration batch.max.bytes:")
        .hasMessageContaining("record.max.bytes");
  }

  @Test
  void orderNeedsAKey() {
    assertThatThrownBy(() -> config("order", "partition.key", "partition.key", "none"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("configuration order:");
  }

  @Test
  void everySettingHasItsPlaceAndItsText() {
    assertThat(KinesisSinkConfig.DEFINITION.configKeys().values())
        .allSatisfy(key -> {
          assertThat(key.group).as(key.name).isNotBlank();
          assertThat(key.displayName).as(key.name).isNotBlank();
          assertThat(key.documentation).as(key.name).endsWith(".");
        });
  }

  @Test
  void whatIsProposedIsValid() {
    for (ConfigKey key : KinesisSinkConfig.DEFINITION.configKeys().values()) {
      if (key.recommender != null && key.validator != null && !key.group.equals("AWS")) {
        for (Object proposed : key.recommender.validValues(key.name, Map.of())) {
          assertThatCode(() -> key.validator.ensureValid(key.name, proposed))
              .doesNotThrowAnyException();
        }
      }
    }
  }
}
