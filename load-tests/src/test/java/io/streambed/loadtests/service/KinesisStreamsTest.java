/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KinesisStreamsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 7})
  void aKeyGoesToTheShardWhoseRangeHoldsItsSum(int shards) throws Exception {
    for (int n = 0; n < 1_000; n++) {
      String key = "k" + n;
      BigInteger sum =
          new BigInteger(
              1, MessageDigest.getInstance("MD5").digest(key.getBytes(StandardCharsets.UTF_8)));

      int shard = KinesisStreams.shardOf(key, shards);

      assertThat(sum)
          .isGreaterThanOrEqualTo(KinesisStreams.firstKey(shard, shards))
          .isLessThan(KinesisStreams.firstKey(shard + 1, shards));
    }
  }
}
