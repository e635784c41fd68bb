/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import static io.streambed.connectors.sink.Samples.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.connectors.kpl.Deaggregation;
import io.streambed.connectors.kpl.UserRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds of batching whatever comes, whatever Kinesis refuses, and in whatever order. */
class BatchingPropertiesTest {

  private static final Limits LIMITS = new Limits(5, 600, 300, Duration.ofNanos(50));
  private static final int RECORDS = 300;

  /** Which answers came: what was taken of each key, in the order in which Kinesis took it. */
  private final Map<String, List<Long>> taken = new HashMap<>();

  private final List<Parcel> underWay = new ArrayList<>();

  @Property(tries = 300)
  void withoutOrderNothingIsLostOrDoubled(@ForAll boolean aggregates, @ForAll Random random) {
    // When
    run(new Batching(LIMITS, false, aggregates), random, false);

    // Then
    assertThat(taken.values().stream().flatMap(List::stream).sorted().toList())
        .isEqualTo(allOffsets());
  }

  @Property(tries = 300)
  void withOrderNothingIsLostDoubledOrOvertakenWithinItsKey(
      @ForAll boolean aggregates, @ForAll Random random) {
    // When
    run(new Batching(LIMITS, true, aggregates), random, true);

    // Then
    assertThat(taken.values()).allSatisfy(offsets -> assertThat(offsets).isSorted());
    assertThat(taken.values().stream().flatMap(List::stream).sorted().toList())
        .isEqualTo(allOffsets());
  }

  private void run(Batching batching, Random random, boolean ordered) {
    taken.clear();
    underWay.clear();
    long now = 0;
    long offset = 0;
    while (offset < RECORDS || batching.held() > 0) {
      now += random.nextInt(30);
      for (int count = random.nextInt(4); count > 0 && offset < RECORDS; count--) {
        batching.add(record(random, offset++, now));
      }
      if (random.nextBoolean()) {
        send(batching, now, ordered);
      }
      for (int count = random.nextInt(6); count > 0 && !underWay.isEmpty(); count--) {
        answer(batching, underWay.remove(random.nextInt(underWay.size())), random);
      }
    }
    assertThat(underWay).isEmpty();
    assertThat(batching.dueIn(now)).isEqualTo(Long.MAX_VALUE);
  }

  private void send(Batching batching, long now, boolean ordered) {
    List<Parcel> batch = batching.next(now);
    assertThat(batch).hasSizeLessThanOrEqualTo(LIMITS.batchRecords());
    assertThat(batch.stream().mapToInt(Parcel::size).sum())
        .isLessThanOrEqualTo(LIMITS.batchBytes());
    assertThat(batch).allMatch(parcel -> parcel.size() <= LIMITS.recordBytes());
    underWay.addAll(batch);
    if (ordered) {
      assertThat(underWay.stream().map(parcel -> parcel.record().partitionKey()).toList())
          .doesNotHaveDuplicates();
    }
  }

  private void answer(Batching batching, Parcel parcel, Random random) {
    if (random.nextInt(3) == 0) {
      batching.refused(parcel);
      return;
    }
    UserRecord record = parcel.record();
    List<UserRecord> within = Deaggregation.of(record.data()).orElse(List.of(record));
    assertThat(within).hasSameSizeAs(parcel.origins());
    for (int i = 0; i < within.size(); i++) {
      String text = Samples.text(within.get(i).data());
      long offset = Long.parseLong(text.substring(0, text.indexOf(' ')));
      assertThat(offset).isEqualTo(parcel.origins().get(i).offset());
      taken.computeIfAbsent(within.get(i).partitionKey(), key -> new ArrayList<>()).add(offset);
    }
    batching.settled(parcel);
  }

  private static Outgoing record(Random random, long offset, long now) {
    String data = offset + " " + "x".repeat(random.nextInt(200));
    UserRecord record =
        new UserRecord("key-" + random.nextInt(8), Optional.empty(), Samples.bytes(data));
    return Outgoing.of(new Origin(ORDERS, offset), "s", record, now);
  }

  private static List<Long> allOffsets() {
    List<Long> offsets = new ArrayList<>();
    for (long offset = 0; offset < RECORDS; offset++) {
      offsets.add(offset);
    }
    return offsets;
  }
}
