/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.job.EncodedJob;
import io.streambed.processors.job.StateCodec;
import io.streambed.schemas.released.ReleasedSchemas;
import io.streambed.schemas.state.FlightState;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoint of everything in flight in one partition: the jobs of each flight (each written
 * once, the first with what is asked) and how far it has come (small, rewritten for each attempt).
 * Owned by a stream thread.
 */
final class FlightStore {

  /** Name of the store. */
  static final String NAME = "flights";

  /**
   * Number of the job that a flight began with. Its record has the content for all, and stays as
   * long as the flight.
   */
  static final int FOUNDER = 0;

  /** What a key begins with. */
  private enum Kind {
    /** Flight and number to job. */
    JOB((byte) 'J'),
    /** Flight to how far it has come. */
    STATE((byte) 'S');

    private final byte mark;

    Kind(byte mark) {
      this.mark = mark;
    }
  }

  private static final StateCodec<Job> JOB =
      new StateCodec<>(Job.class, ReleasedSchemas.of(Job.class));
  private static final StateCodec<FlightState> STATE =
      new StateCodec<>(FlightState.class, ReleasedSchemas.of(FlightState.class));

  private final KeyValueStore<Bytes, byte[]> store;
  private final Load load;

  /**
   * Founders that were written lately, as long as there is room: each is asked for when its call is
   * made and when that has ended, and to read it from the store costs as much as to write it.
   */
  private final Map<FlightId, Job> remembered = new HashMap<>();

  /**
   * @param load what says whether there is room
   */
  @SuppressWarnings("unchecked") // the topology builds all stores with these types
  FlightStore(StateStore store, Load load) {
    this.store = (KeyValueStore<Bytes, byte[]>) store;
    this.load = load;
  }

  /** Writes the job that a flight begins with. */
  void putFounder(FlightId flight, EncodedJob job) {
    store.put(jobKey(flight, FOUNDER), job.bytes());
    if (load.remember(size(job.job()))) {
      remembered.put(flight, job.job());
    }
  }

  /** Writes a job that joins a flight. */
  void putJob(FlightId flight, int number, Job job) {
    store.put(jobKey(flight, number), JOB.encode(job));
  }

  /** The job, or null where it is settled already. */
  @Nullable Job job(FlightId flight, int number) {
    byte @Nullable [] bytes = store.get(jobKey(flight, number));
    return bytes == null ? null : JOB.decode(bytes);
  }

  /** The job that the flight began with, settled or not; with the content. */
  Job founder(FlightId flight) {
    Job known = remembered.get(flight);
    Job job = known == null ? job(flight, FOUNDER) : known;
    if (job == null) {
      throw new IllegalStateException("a flight is not in its store");
    }
    return job;
  }

  /** A job other than the founder is settled. */
  void deleteJob(FlightId flight, int number) {
    store.delete(jobKey(flight, number));
  }

  void putState(FlightId flight, FlightState state) {
    store.put(stateKey(flight), STATE.encode(state));
  }

  /** Forgets a flight whose jobs are all settled. */
  void delete(FlightId flight) {
    store.delete(jobKey(flight, FOUNDER));
    store.delete(stateKey(flight));
    forget(remembered.remove(flight));
  }

  private void forget(@Nullable Job job) {
    if (job != null) {
      load.forget(size(job));
    }
  }

  private static long size(Job job) {
    return (long) job.getEnvelope().remaining()
        + job.getContent().map(ByteBuffer::remaining).orElse(0);
  }

  /** The task closes. */
  void close() {
    remembered.values().forEach(this::forget);
    remembered.clear();
  }

  /** Visits every job, those of one flight together and in the order of their numbers. */
  void forEachJob(BiConsumer<Numbered, Job> visitor) {
    forEach(
        Kind.JOB,
        (key, value) ->
            visitor.accept(new Numbered(FlightId.read(key), key.getInt()), JOB.decode(value)));
  }

  /** Visits every flight that has come further than being asked. */
  void forEachState(BiConsumer<FlightId, FlightState> visitor) {
    forEach(Kind.STATE, (key, value) -> visitor.accept(FlightId.read(key), STATE.decode(value)));
  }

  private void forEach(Kind kind, BiConsumer<ByteBuffer, byte[]> visitor) {
    try (KeyValueIterator<Bytes, byte[]> entries =
        store.prefixScan(new byte[] {kind.mark}, new ByteArraySerializer())) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        visitor.accept(ByteBuffer.wrap(entry.key.get()).position(1), entry.value);
      }
    }
  }

  /** A job's place: its flight, and its number there. */
  record Numbered(FlightId flight, int number) {}

  private static Bytes stateKey(FlightId flight) {
    ByteBuffer key = ByteBuffer.allocate(1 + FlightId.LENGTH).put(Kind.STATE.mark);
    return Bytes.wrap(flight.write(key).array());
  }

  private static Bytes jobKey(FlightId flight, int number) {
    ByteBuffer key = ByteBuffer.allocate(1 + FlightId.LENGTH + Integer.BYTES).put(Kind.JOB.mark);
    return Bytes.wrap(flight.write(key).putInt(number).array());
  }
}
