/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import static io.streambed.connectors.source.Shards.STREAM;
import static io.streambed.connectors.source.Shards.ended;
import static io.streambed.connectors.source.Shards.shard;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListingTest {

  private final Listing before = Listing.of(Map.of(STREAM, List.of(shard("a"))));
  private final Listing split =
      Listing.of(Map.of(STREAM, List.of(shard("a"), shard("b", "a"), shard("c", "a"))));

  @Test
  void aSplitIsSharedOutWhenTheParentHasDrainedAndNotBefore() {
    assertThat(split.asksForSharing(before, Map.of())).isFalse();
    assertThat(split.asksForSharing(before, ended("a"))).isTrue();
    assertThat(split.asksForSharing(split, ended("a"))).isFalse();
  }

  @Test
  void aNewStreamIsSharedOutAtOnce() {
    StreamName other = new StreamName("payments");
    ShardInfo shard = new ShardInfo(new ShardId(other, "a"), java.util.Set.of(), Shards.ALL);
    Listing more = Listing.of(Map.of(STREAM, List.of(shard("a")), other, List.of(shard)));

    assertThat(more.asksForSharing(before, Map.of())).isTrue();
  }

  @Test
  void aStreamThatIsGoneIsTakenFromItsTask() {
    assertThat(Listing.of(Map.of()).asksForSharing(before, Map.of())).isTrue();
  }

  @Test
  void aShardThatExpiredIsNoReason() {
    Listing expired = Listing.of(Map.of(STREAM, List.of(shard("b", "a"), shard("c", "a"))));

    assertThat(expired.asksForSharing(split, ended("a"))).isFalse();
  }
}
