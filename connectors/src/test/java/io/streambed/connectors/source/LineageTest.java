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

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineageTest {

  /** a splits into b and c; c and d merge to e. */
  private final Lineage lineage =
      new Lineage(
          List.of(
              shard("a"),
              shard("b", "a"),
              shard("c", "a"),
              shard("d"),
              shard("e", "c", "d"),
              shard("x")));

  @Test
  void aChildIsReadWhenItsParentHasEnded() {
    assertThat(lineage.readable(Map.of()))
        .extracting(ShardInfo::id)
        .containsExactly(id("a"), id("d"), id("x"));
    assertThat(lineage.readable(ended("a")))
        .extracting(ShardInfo::id)
        .containsExactly(id("b"), id("c"), id("d"), id("x"));
  }

  @Test
  void aMergedShardIsReadWhenBothParentsHaveEnded() {
    assertThat(lineage.readable(ended("a", "c"))).extracting(ShardInfo::id).doesNotContain(id("e"));
    assertThat(lineage.readable(ended("a", "c", "d"))).extracting(ShardInfo::id).contains(id("e"));
  }

  @Test
  void aParentThatIsListedNoMoreHoldsNothingUp() {
    Lineage later = new Lineage(List.of(shard("e", "c", "d")));

    assertThat(later.readable(Map.of())).extracting(ShardInfo::id).containsExactly(id("e"));
  }

  @Test
  void whatIsConnectedBelongsTogether() {
    assertThat(lineage.groups(Map.of()))
        .extracting(group -> group.stream().map(ShardInfo::id).toList())
        .containsExactly(List.of(id("a"), id("b"), id("c"), id("d"), id("e")), List.of(id("x")));
  }

  @Test
  void whatHasEndedConnectsNobody() {
    assertThat(lineage.groups(ended("a")))
        .extracting(group -> group.stream().map(ShardInfo::id).toList())
        .containsExactly(List.of(id("b")), List.of(id("c"), id("d"), id("e")), List.of(id("x")));
  }
}
