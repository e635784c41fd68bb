/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import static io.streambed.connectors.sink.Samples.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AcknowledgedTest {

  private final Acknowledged acknowledged = new Acknowledged();

  @Property(tries = 300)
  void everythingBeforeTheFirstRecordThatIsNotDoneMayBeCommittedAndNothingElse(
      @ForAll Random random) {
    // Given
    Acknowledged offsets = new Acknowledged();
    offsets.open(List.of(ORDERS));
    TreeSet<Long> waiting = new TreeSet<>();
    long end = 0;

    for (int step = 0; step < 200; step++) {
      // When: records come, some of them left out by a transformation, or one that waits is done
      if (random.nextInt(3) == 0) {
        for (int count = random.nextInt(10); count > 0; count--) {
          if (random.nextBoolean()) {
            offsets.taken(new Origin(ORDERS, end), 0);
            waiting.add(end);
          }
          end++;
        }
      } else if (!waiting.isEmpty()) {
        Long done = new ArrayList<>(waiting).get(random.nextInt(waiting.size()));
        offsets.done(new Origin(ORDERS, done));
        waiting.remove(done);
      }

      // Then
      long expected = waiting.isEmpty() ? end : waiting.first();
      assertThat(offsets.committable(consumed(end))).isEqualTo(consumed(expected));
    }
  }

  @Test
  void aPartitionThatWentIsNotCommitted() {
    // Given
    acknowledged.open(List.of(ORDERS));
    acknowledged.taken(new Origin(ORDERS, 0), 0);

    // When
    acknowledged.close(List.of(ORDERS));
    acknowledged.done(new Origin(ORDERS, 0));

    // Then
    assertThat(acknowledged.committable(consumed(1))).isEmpty();
  }

  @Test
  void aPartitionThatIsOpenedOnceMoreKeepsItsState() {
    // Given
    acknowledged.open(List.of(ORDERS));
    acknowledged.taken(new Origin(ORDERS, 7), 0);

    // When
    acknowledged.open(List.of(ORDERS));

    // Then
    assertThat(acknowledged.committable(consumed(9))).isEqualTo(consumed(7));
  }

  @Test
  void partitionsDoNotHoldEachOtherUp() {
    // Given
    TopicPartition other = new TopicPartition("orders", 1);
    acknowledged.open(List.of(ORDERS, other));

    // When
    acknowledged.taken(new Origin(ORDERS, 3), 0);
    acknowledged.taken(new Origin(other, 3), 0);
    acknowledged.done(new Origin(other, 3));

    // Then
    assertThat(
            acknowledged.committable(
                Map.of(ORDERS, new OffsetAndMetadata(5), other, new OffsetAndMetadata(6))))
        .isEqualTo(Map.of(ORDERS, new OffsetAndMetadata(3), other, new OffsetAndMetadata(6)));
  }

  @Test
  void onlySomethingDoneIsWorthACommit() {
    // Given
    acknowledged.open(List.of(ORDERS));
    acknowledged.taken(new Origin(ORDERS, 0), 0);
    assertThat(acknowledged.hasAdvanced()).isFalse();

    // When
    acknowledged.done(new Origin(ORDERS, 0));

    // Then
    assertThat(acknowledged.hasAdvanced()).isTrue();
    acknowledged.told();
    assertThat(acknowledged.hasAdvanced()).isFalse();
  }

  @Test
  void theOldestIsTheFirstThatIsNotDoneOfAllPartitions() {
    // Given
    TopicPartition other = new TopicPartition("orders", 1);
    acknowledged.open(List.of(ORDERS, other));
    assertThat(acknowledged.oldest()).isEmpty();
    acknowledged.taken(new Origin(ORDERS, 3), 1_000);
    acknowledged.taken(new Origin(ORDERS, 4), 1_400);
    acknowledged.taken(new Origin(other, 3), 1_200);

    // Then
    assertThat(acknowledged.oldest()).hasValue(1_000);
    acknowledged.done(new Origin(ORDERS, 4));
    assertThat(acknowledged.oldest()).hasValue(1_000);
    acknowledged.done(new Origin(ORDERS, 3));
    assertThat(acknowledged.oldest()).hasValue(1_200);
    acknowledged.close(List.of(other));
    assertThat(acknowledged.oldest()).isEmpty();
  }

  private static Map<TopicPartition, OffsetAndMetadata> consumed(long offset) {
    return Map.of(ORDERS, new OffsetAndMetadata(offset));
  }
}
