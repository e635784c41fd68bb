/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.job.StateCodec;
import io.streambed.schemas.released.ReleasedSchemas;
import io.streambed.schemas.state.FlightState;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoint of everything in flight in one partition: what is asked (written once), who waits
 * for it (a small record each), and how far it has come (small, rewritten for each attempt). Owned
 * by a stream thread.
 */
final class FlightStores {

  /** Name of the store of jobs: flight and number to job, without the content. */
  static final String JOBS = "jobs";

  /** Name of the store of contents: flight to what is asked. */
  static final String CONTENTS = "contents";

  /** Name of the store of attempts: flight to how far it has come. */
  static final String ATTEMPTS = "attempts";

  private static final StateCodec<Job> JOB =
      new StateCodec<>(Job.class, ReleasedSchemas.of(Job.class));
  private static final StateCodec<FlightState> STATE =
      new StateCodec<>(FlightState.class, ReleasedSchemas.of(FlightState.class));

  private final KeyValueStore<Bytes, byte[]> jobs;
  private final KeyValueStore<Bytes, byte[]> contents;
  private final KeyValueStore<Bytes, byte[]> attempts;

  FlightStores(Function<String, StateStore> stores) {
    this.jobs = keyValue(stores.apply(JOBS));
    this.contents = keyValue(stores.apply(CONTENTS));
    this.attempts = keyValue(stores.apply(ATTEMPTS));
  }

  void putContent(FlightId flight, ByteBuffer content) {
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    contents.put(key(flight), bytes);
  }

  ByteBuffer content(FlightId flight) {
    byte @Nullable [] bytes = contents.get(key(flight));
    return ByteBuffer.wrap(bytes == null ? new byte[0] : bytes);
  }

  void putJob(FlightId flight, int number, Job job) {
    jobs.put(key(flight, number), JOB.encode(job));
  }

  /** The job, or null where it is settled already. */
  @Nullable Job job(FlightId flight, int number) {
    byte @Nullable [] bytes = jobs.get(key(flight, number));
    return bytes == null ? null : JOB.decode(bytes);
  }

  void deleteJob(FlightId flight, int number) {
    jobs.delete(key(flight, number));
  }

  void putState(FlightId flight, FlightState state) {
    attempts.put(key(flight), STATE.encode(state));
  }

  /** How far a flight has come, or null where it has no attempt yet. */
  @Nullable FlightState state(FlightId flight) {
    byte @Nullable [] bytes = attempts.get(key(flight));
    return bytes == null ? null : STATE.decode(bytes);
  }

  /** Forgets a flight whose jobs are all settled. */
  void delete(FlightId flight) {
    contents.delete(key(flight));
    attempts.delete(key(flight));
  }

  /** Visits every job, those of one flight together and in the order of their numbers. */
  void forEachJob(BiConsumer<Numbered, Job> visitor) {
    try (KeyValueIterator<Bytes, byte[]> all = jobs.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        ByteBuffer key = ByteBuffer.wrap(entry.key.get());
        visitor.accept(new Numbered(FlightId.read(key), key.getInt()), JOB.decode(entry.value));
      }
    }
  }

  /** Visits every flight that has come further than being asked. */
  void forEachState(BiConsumer<FlightId, FlightState> visitor) {
    try (KeyValueIterator<Bytes, byte[]> all = attempts.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        visitor.accept(FlightId.read(ByteBuffer.wrap(entry.key.get())), STATE.decode(entry.value));
      }
    }
  }

  /** A job's place: its flight, and its number there. */
  record Numbered(FlightId flight, int number) {}

  private static Bytes key(FlightId flight) {
    return Bytes.wrap(flight.write(ByteBuffer.allocate(FlightId.LENGTH)).array());
  }

  private static Bytes key(FlightId flight, int number) {
    return Bytes.wrap(
        flight.write(ByteBuffer.allocate(FlightId.LENGTH + Integer.BYTES)).putInt(number).array());
  }

  @SuppressWarnings("unchecked") // the topology builds all stores with these types
  private static KeyValueStore<Bytes, byte[]> keyValue(StateStore store) {
    return (KeyValueStore<Bytes, byte[]>) store;
  }
}
