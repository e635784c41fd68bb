/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.registry.RegistryException;
import io.streambed.schemas.registry.RegistryUnavailableException;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.Reading;
import io.streambed.schemas.serdes.ResolvedReader;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A value that is about to be read as a record. Blocks while the registry is asked for its schema.
 */
final class Decoding {
  private final Readers readers;
  private final byte[] value;
  private final int partition;
  private final long offset;

  /**
   * @param value of the record
   */
  Decoding(Readers readers, ConsumerRecord<byte[], byte[]> record, byte[] value) {
    this(readers, value, record.partition(), record.offset());
  }

  private Decoding(Readers readers, byte[] value, int partition, long offset) {
    this.readers = readers;
    this.value = value;
    this.partition = partition;
    this.offset = offset;
  }

  /** A value by itself, whose place nobody will ask for. */
  static Decoding of(Readers readers, byte[] value) {
    return new Decoding(readers, value, -1, -1);
  }

  /** Reads it as a dead letter, and says where it stands. */
  PlacedLetter placedLetter() {
    return new PlacedLetter(as(DeadLetter.class), partition, offset);
  }

  /** One reader a kind of record: to work out how two schemas fit costs more than reading. */
  static final class Readers {
    private final SchemaRegistryClient registry;
    private final Map<Class<?>, ResolvedReader<?>> byType = new HashMap<>();

    Readers(SchemaRegistryClient registry) {
      this.registry = registry;
    }

    @SuppressWarnings("unchecked") // under a type stands the reader of that type
    private <T extends SpecificRecordBase> ResolvedReader<T> of(Class<T> type) {
      return (ResolvedReader<T>)
          byType.computeIfAbsent(type, missing -> new ResolvedReader<>(registry, type));
    }
  }

  /**
   * Reads it.
   *
   * @throws UnreachableException if the registry does not answer
   */
  <T extends SpecificRecordBase> T as(Class<T> type) {
    ResolvedReader<T> reader = readers.of(type);
    Reading<T> reading = reader.read(value);
    while (reading instanceof Reading.Waiting<T> waiting) {
      await(waiting);
      reading = reader.read(value);
    }
    return switch (reading) {
      case Reading.Done<T> done -> done.record();
      case Reading.Unreadable<T> unreadable -> throw unreadable.reason();
      case Reading.Waiting<T> waiting -> throw new IllegalStateException("read before its schema");
    };
  }

  private static void await(Reading.Waiting<?> waiting) {
    try {
      waiting.schema().join();
    } catch (CompletionException e) {
      RegistryException reason = RegistryException.in(e);
      throw reason instanceof RegistryUnavailableException
          ? UnreachableException.registry(String.valueOf(reason.getMessage()))
          : reason;
    }
  }
}
