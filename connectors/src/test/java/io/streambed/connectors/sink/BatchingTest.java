/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import static io.streambed.connectors.sink.Samples.ORDERS;
import static io.streambed.connectors.sink.Samples.outgoing;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.connectors.kpl.Deaggregation;
import io.streambed.connectors.kpl.UserRecord;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchingTest {

  private static final Duration LINGER = Duration.ofNanos(50);
  private static final Limits LIMITS = new Limits(3, 1_000, 1_000, LINGER);

  @Test
  void aFullRequestGoesAtOnce() {
    // Given
    Batching batching = new Batching(LIMITS, false, false);
    batching.add(outgoing("k", 0, "a", 0));
    batching.add(outgoing("k", 1, "b", 0));
    assertThat(batching.next(0)).isEmpty();

    // When
    batching.add(outgoing("k", 2, "c", 0));

    // Then
    assertThat(data(batching.next(0))).containsExactly("a", "b", "c");
  }

  @Test
  void fewRecordsGoWhenTheFirstHasWaitedLongEnough() {
    // Given: the JVM's clock may pass its largest value
    long start = Long.MAX_VALUE - 5;
    Batching batching = new Batching(LIMITS, false, false);
    batching.add(outgoing("k", 0, "a", start));
    batching.add(outgoing("k", 1, "b", start + 20));

    // When
    long due = batching.dueIn(start + 20);

    // Then
    assertThat(due).isEqualTo(30);
    assertThat(batching.next(start + 49)).isEmpty();
    assertThat(data(batching.next(start + 50))).containsExactly("a", "b");
    assertThat(batching.dueIn(start + 50)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aRequestHoldsNoMoreBytesThanAllowed() {
    // Given
    Batching batching = new Batching(LIMITS, false, false);
    batching.add(outgoing("k", 0, "a".repeat(600), 0));
    batching.add(outgoing("k", 1, "b".repeat(398), 0));

    // When
    List<Parcel> batch = batching.next(0);

    // Then: one byte of key each, so both fit to the byte and are enough
    assertThat(batch).hasSize(2);
  }

  @Test
  void whatHasNoRoomGoesInTheNextRequest() {
    // Given
    Batching batching = new Batching(LIMITS, false, false);
    batching.add(outgoing("k", 0, "a".repeat(600), 0));
    batching.add(outgoing("k", 1, "b".repeat(399), 0));

    // When
    List<Parcel> first = batching.next(0);
    List<Parcel> second = batching.next(50);

    // Then
    assertThat(offsets(first)).containsExactly(0L);
    assertThat(offsets(second)).containsExactly(1L);
  }

  @Test
  void whatWasRefusedGoesAloneAndBeforeAnythingNew() {
    // Given
    Batching batching = new Batching(LIMITS, false, false);
    batching.add(outgoing("k", 0, "a", 0));
    batching.add(outgoing("k", 1, "b", 0));
    List<Parcel> sent = batching.next(50);
    for (long offset = 2; offset < 5; offset++) {
      batching.add(outgoing("k", offset, "new", 0));
    }

    // When
    batching.settled(sent.get(0));
    batching.refused(sent.get(1));

    // Then
    assertThat(data(batching.next(50))).containsExactly("b");
    assertThat(offsets(batching.next(50))).containsExactly(2L, 3L, 4L);
  }

  @Test
  void withOrderARecordWaitsForTheOneBeforeItOfItsKey() {
    // Given
    Batching batching = new Batching(LIMITS, true, false);
    batching.add(outgoing("k", 0, "a", 0));
    batching.add(outgoing("k", 1, "b", 0));
    batching.add(outgoing("l", 2, "c", 0));
    List<Parcel> sent = batching.next(50);
    assertThat(data(sent)).containsExactly("a", "c");

    // When: the key's first is refused and sent again
    batching.refused(sent.get(0));
    batching.settled(sent.get(1));
    List<Parcel> again = batching.next(50);
    assertThat(batching.next(1_000)).isEmpty();
    batching.settled(again.get(0));

    // Then
    assertThat(data(again)).containsExactly("a");
    assertThat(data(batching.next(1_000))).containsExactly("b");
  }

  @Test
  void withAggregationRecordsOfOneKeyGoAsOne() {
    // Given
    Batching batching = new Batching(LIMITS, false, true);
    batching.add(outgoing("k", 0, "a", 0));
    batching.add(outgoing("l", 1, "b", 0));
    batching.add(outgoing("k", 2, "c", 0));

    // When
    List<Parcel> batch = batching.next(50);

    // Then
    assertThat(batch).hasSize(2);
    Parcel together = batch.get(0);
    assertThat(together.record().partitionKey()).isEqualTo("k");
    assertThat(together.origins()).containsExactly(new Origin(ORDERS, 0), new Origin(ORDERS, 2));
    assertThat(texts(together)).containsExactly("a", "c");
    assertThat(together.size()).isEqualTo(Outgoing.size(together.record()));
    assertThat(Samples.text(batch.get(1).record().data())).as("alone as it is").isEqualTo("b");
  }

  @Test
  void withOrderAndAggregationWhatWaitsOfAKeyGoesAsOne() {
    // Given
    Batching batching = new Batching(LIMITS, true, true);
    batching.add(outgoing("k", 0, "a", 0));
    List<Parcel> sent = batching.next(50);
    batching.add(outgoing("k", 1, "b", 60));
    batching.add(outgoing("k", 2, "c", 60));
    assertThat(batching.next(1_000)).isEmpty();

    // When
    batching.settled(sent.get(0));

    // Then
    List<Parcel> next = batching.next(1_000);
    assertThat(next).hasSize(1);
    assertThat(texts(next.get(0))).containsExactly("b", "c");
  }

  @Test
  void recordsForDifferentShardsAreNotPutTogether() {
    // Given: one partition key, but another hash key in between
    Batching batching = new Batching(LIMITS, true, true);
    batching.add(hashed(0, BigInteger.ONE));
    batching.add(hashed(1, BigInteger.TWO));

    // When
    List<Parcel> first = batching.next(50);
    batching.settled(first.get(0));
    List<Parcel> second = batching.next(1_000);

    // Then
    assertThat(offsets(first)).containsExactly(0L);
    assertThat(offsets(second)).containsExactly(1L);
    assertThat(second.get(0).record().explicitHashKey()).contains(BigInteger.TWO);
  }

  @Test
  void recordsPutTogetherStayBelowTheLimitOfARecord() {
    // Given
    Batching batching = new Batching(new Limits(100, 5_000, 1_000, LINGER), false, true);
    for (long offset = 0; offset < 40; offset++) {
      batching.add(outgoing("k", offset, "a".repeat(100), 0));
    }

    // When
    List<Parcel> batch = batching.next(50);

    // Then
    assertThat(batch).hasSizeGreaterThan(1).allMatch(parcel -> parcel.size() <= 1_000);
    assertThat(batch).anyMatch(parcel -> parcel.origins().size() > 5);
  }

  @Test
  void whatWaitsOfAPartitionThatWentIsForgotten() {
    // Given: one record is under way, one was refused, one waits behind it
    Batching batching = new Batching(LIMITS, true, false);
    batching.add(outgoing("k", 0, "a", 0));
    batching.add(outgoing("l", 1, "b", 0));
    batching.add(outgoing("l", 2, "c", 0));
    List<Parcel> sent = batching.next(50);
    batching.refused(sent.get(1));

    // When
    batching.drop(origin -> origin.partition().equals(ORDERS));

    // Then
    assertThat(batching.next(1_000)).isEmpty();
    batching.settled(sent.get(0));
    assertThat(batching.next(1_000)).isEmpty();
    assertThat(batching.held()).isZero();
  }

  @Test
  void allThatIsNotSettledIsHeld() {
    // Given
    Batching batching = new Batching(LIMITS, false, false);
    batching.add(outgoing("k", 0, "a".repeat(500), 0));
    long waiting = batching.held();

    // When
    List<Parcel> sent = batching.next(50);

    // Then
    assertThat(waiting).isGreaterThan(500);
    assertThat(batching.held()).isEqualTo(waiting);
    batching.settled(sent.get(0));
    assertThat(batching.held()).isZero();
  }

  private static Outgoing hashed(long offset, BigInteger hashKey) {
    return Outgoing.of(
        new Origin(ORDERS, offset),
        "s",
        new UserRecord("k", Optional.of(hashKey), Samples.bytes("x")),
        0);
  }

  private static List<String> data(List<Parcel> batch) {
    return batch.stream().map(parcel -> Samples.text(parcel.record().data())).toList();
  }

  private static List<Long> offsets(List<Parcel> batch) {
    return batch.stream().flatMap(parcel -> parcel.origins().stream()).map(Origin::offset).toList();
  }

  private static List<String> texts(Parcel parcel) {
    return Deaggregation.of(parcel.record().data()).orElseThrow().stream()
        .map(record -> Samples.text(record.data()))
        .toList();
  }
}
