/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaCacheTest {

  private static final Schema STRING = Schema.create(Schema.Type.STRING);

  private long now = Long.MAX_VALUE - 5; // The JVM's clock may pass its largest value.
  private final SchemaCache cache = new SchemaCache(Duration.ofNanos(10), () -> now);

  @Test
  void anUnknownIdIsForgottenAfterItsTime() {
    cache.unknown(1);
    now += 9;
    assertThat(cache.isUnknown(1)).isTrue();
    now += 1;
    assertThat(cache.isUnknown(1)).isFalse();
  }

  @Test
  void anIdThatTurnsUpIsUnknownNoMore() {
    cache.unknown(1);
    cache.known(1, STRING);
    assertThat(cache.isUnknown(1)).isFalse();
    assertThat(cache.schema(1)).contains(STRING);
  }

  @Test
  void whatIsKeptIsBoundedAndTheLeastUsedGoesFirst() {
    for (int id = 0; id < SchemaCache.MOST_SCHEMAS; id++) {
      cache.known(id, STRING);
    }
    assertThat(cache.schema(0)).isPresent();
    cache.known(-1, STRING);
    assertThat(cache.schema(0)).as("used last").isPresent();
    assertThat(cache.schema(1)).as("not used since").isEmpty();
  }

  @Test
  void brokenRecordsCannotFillTheMemoryWithIds() {
    for (int id = 0; id <= SchemaCache.MOST_UNKNOWN_IDS; id++) {
      cache.unknown(id);
    }
    assertThat(cache.isUnknown(0)).isFalse();
    assertThat(cache.isUnknown(1)).isTrue();
  }
}
