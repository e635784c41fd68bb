/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import static io.streambed.connectors.source.Shards.ended;
import static io.streambed.connectors.source.Shards.id;
import static io.streambed.connectors.source.Shards.shard;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.connectors.source.KinesisSourceConfig.Start;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartingPointsTest {

  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

  @Test
  void aStoredOffsetIsGoneOnFrom() {
    Position stored = new Position.After("17");

    StartingPoints start = latest(List.of(shard("a")), Map.of(id("a"), stored));

    assertThat(start.positions()).containsEntry(id("a"), stored);
    assertThat(start.toWriteDown()).isEmpty();
  }

  @Test
  void latestIsATimeThatIsWrittenDown() {
    StartingPoints start = latest(List.of(shard("a"), shard("b", "a")), Map.of());

    assertThat(start.positions())
        .containsEntry(id("a"), new Position.From(NOW))
        .containsEntry(id("b"), new Position.From(NOW));
    assertThat(start.toWriteDown()).containsExactly(id("a"), id("b"));
  }

  @Test
  void aChildThatCameWhileItsParentWasReadIsReadWhole() {
    StartingPoints start = latest(List.of(shard("b", "a")), ended("a"));

    assertThat(start.positions()).containsEntry(id("b"), new Position.Beginning());
    assertThat(start.toWriteDown()).isEmpty();
  }

  @Test
  void trimHorizonNeedsNoOffsetToBegin() {
    StartingPoints start =
        StartingPoints.of(List.of(shard("a")), Map.of(), Start.TRIM_HORIZON, Optional.empty(), NOW);

    assertThat(start.positions()).containsEntry(id("a"), new Position.Beginning());
    assertThat(start.toWriteDown()).isEmpty();
  }

  @Test
  void aGivenTimeIsBegunAt() {
    Instant time = Instant.parse("2026-01-31T00:00:00Z");

    StartingPoints start =
        StartingPoints.of(List.of(shard("a")), Map.of(), Start.TIMESTAMP, Optional.of(time), NOW);

    assertThat(start.positions()).containsEntry(id("a"), new Position.From(time));
    assertThat(start.toWriteDown()).containsExactly(id("a"));
  }

  private static StartingPoints latest(List<ShardInfo> shards, Map<ShardId, Position> stored) {
    return StartingPoints.of(shards, stored, Start.LATEST, Optional.empty(), NOW);
  }
}
