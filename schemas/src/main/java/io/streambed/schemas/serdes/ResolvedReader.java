/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.serdes;

import io.streambed.schemas.registry.SchemaRegistryClient;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Reads values in the registry's wire format as one of our records and never blocks: where the
 * writer's schema is not at hand it says so, and the caller comes back.
 *
 * <p>Safe for use by many threads.
 */
public final class ResolvedReader<T extends SpecificRecordBase> {

  private final SchemaRegistryClient registry;
  private final RecordDecoder<T> decoder;

  public ResolvedReader(SchemaRegistryClient registry, Class<T> type) {
    this.registry = registry;
    this.decoder = new RecordDecoder<>(type);
  }

  public Reading<T> read(byte[] value) {
    OptionalInt id = WireFormat.schemaId(value);
    if (id.isEmpty()) {
      return new Reading.Unreadable<>(UnreadableRecordException.notWireFormat(value.length));
    }
    Optional<Schema> writer = registry.cached(id.getAsInt());
    if (writer.isEmpty()) {
      return new Reading.Waiting<>(id.getAsInt(), registry.schema(id.getAsInt()));
    }
    try {
      return new Reading.Done<>(decoder.decode(value, writer.get()), id.getAsInt());
    } catch (UnreadableRecordException e) {
      return new Reading.Unreadable<>(e);
    }
  }
}
