/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.kpl;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AggregationTest {

  @Property(tries = 300)
  void whatIsPutTogetherIsTakenApart(
      @ForAll @Size(min = 1, max = 20) List<@Size(max = 300) byte[]> data,
      @ForAll @IntRange(min = 1, max = 5) int keys) {
    // Given
    List<UserRecord> records = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      Optional<BigInteger> hashKey =
          i % 3 == 0 ? Optional.of(BigInteger.valueOf(i % keys)) : Optional.empty();
      records.add(new UserRecord("key " + i % keys, hashKey, data.get(i)));
    }
    Aggregation aggregation = new Aggregation();
    records.forEach(aggregation::add);

    // When
    byte[] bytes = aggregation.bytes();
    List<UserRecord> apart = Deaggregation.of(bytes).orElseThrow();

    // Then
    assertThat(bytes).hasSizeLessThanOrEqualTo(aggregation.size());
    assertThat(apart).usingRecursiveComparison().isEqualTo(records);
  }

  /** As the format's description has it, byte for byte. */
  @Test
  void theBytesAreThoseOfTheFormat() {
    Aggregation aggregation = new Aggregation();
    aggregation.add(new UserRecord("k", Optional.of(BigInteger.TEN), text("v")));
    byte[] protobuf = {
      0x0A,
      1,
      'k', // partition_key_table
      0x12,
      2,
      '1',
      '0', // explicit_hash_key_table
      0x1A,
      7,
      0x08,
      0,
      0x10,
      0,
      0x1A,
      1,
      'v' // records
    };

    byte[] bytes = aggregation.bytes();

    assertThat(bytes).startsWith(0xF3, 0x89, 0x9A, 0xC2);
    assertThat(java.util.Arrays.copyOfRange(bytes, 4, 4 + protobuf.length)).isEqualTo(protobuf);
    assertThat(bytes).endsWith(HashKeys.md5(protobuf));
  }

  @Test
  void whatOnlyLooksLikeOneIsNone() {
    byte[] broken = new byte[40];
    System.arraycopy(Deaggregation.MAGIC, 0, broken, 0, 4);

    assertThat(Deaggregation.of(broken)).isEmpty();
    assertThat(Deaggregation.of(text("plain"))).isEmpty();
    assertThat(Deaggregation.of(new byte[0])).isEmpty();
  }

  /** MD5 of "a" as a number, from the examples of RFC 1321. */
  @Test
  void aPartitionKeysHashIsItsMd5() {
    assertThat(HashKeys.of("a")).isEqualTo(new BigInteger("0cc175b9c0f1b6a831c399e269772661", 16));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
