/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import io.streambed.schemas.registry.SchemaRegistryClient;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Reads values as records of one type. Blocks while the registry is asked for a schema.
 *
 * @param <T> the type
 */
public final class ValueReader<T extends SpecificRecordBase> {
  private final Decoding.Readers readers;
  private final Class<T> type;

  public ValueReader(SchemaRegistryClient registry, Class<T> type) {
    this.readers = new Decoding.Readers(registry);
    this.type = type;
  }

  /**
   * Reads a value.
   *
   * @throws UnreachableException if the registry does not answer
   * @throws io.streambed.schemas.registry.RegistryException if it does not know the schema
   * @throws io.streambed.schemas.serdes.UnreadableRecordException if the value is no such record
   */
  public T read(byte[] value) {
    return Decoding.of(readers, value).as(type);
  }
}
