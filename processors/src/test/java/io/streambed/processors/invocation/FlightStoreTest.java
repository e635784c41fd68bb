/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.job.EncodedJob;
import io.streambed.processors.job.HeldJob;
import io.streambed.schemas.state.Job;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class FlightStoreTest {

  private final KeyValueStore<Bytes, byte[]> store =
      Stores.inMemoryKeyValueStore(FlightStore.NAME).get();

  @Test
  void aFounderIsTheSameWhetherItIsRememberedOrReadAgain() {
    // Given
    FlightStore roomy = new FlightStore(store, new Load(1, 1 << 20));
    FlightStore full = new FlightStore(store, new Load(1, 0));
    Job one = Jobs.prompt("one", "a question");
    Job two = Jobs.prompt("two", "another");

    // When
    FlightId remembered = put(roomy, one);
    FlightId written = put(full, two);

    // Then
    assertThat(roomy.founder(remembered)).isEqualTo(one);
    assertThat(full.founder(written)).isEqualTo(two);
    assertThat(new FlightStore(store, new Load(1, 1 << 20)).founder(remembered)).isEqualTo(one);
  }

  @Test
  void whatIsRememberedIsBoundedAndItsRoomIsFreeAgainWhenTheFlightOrTheTaskEnds() {
    // Given: room for one
    Job job = Jobs.prompt("one", "a question");
    long size = (long) job.getEnvelope().remaining() + job.getContent().orElseThrow().remaining();
    Load load = new Load(1, 8 * (size + size / 2));
    FlightStore flights = new FlightStore(store, load);

    // When
    FlightId flight = put(flights, job);

    // Then
    assertThat(load.remember(size)).isFalse();
    flights.delete(flight);
    assertThat(load.remember(size)).isTrue();
    load.forget(size);

    // When: it is remembered again and the task closes
    put(flights, job);
    flights.close();

    // Then
    assertThat(load.remember(size)).isTrue();
  }

  private static FlightId put(FlightStore flights, Job job) {
    FlightId id = FlightId.of(job);
    flights.putFounder(id, EncodedJob.of(HeldJob.encode(job)));
    return id;
  }
}
