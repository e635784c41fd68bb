/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import static io.streambed.connectors.source.Shards.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ShardIdTest {

  /** Connect finds an offset by the text of its partition: another order would be another shard. */
  @Test
  void aPartitionsTextIsAlwaysTheSame() {
    assertThat(id("a").partition()).hasToString("{stream=orders, shard=a}");
  }

  @Test
  void aPartitionIsReadBack() {
    assertThat(ShardId.of(id("a").partition())).contains(id("a"));
    assertThat(ShardId.of(Map.of("stream", "orders"))).isEmpty();
    assertThat(ShardId.of(Map.of("stream", "orders", "shard", 7))).isEmpty();
    assertThat(ShardId.of(Map.of("stream", "no stream!", "shard", "a"))).isEmpty();
  }
}
