/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.serdes;

import io.streambed.schemas.registry.SchemaRegistryClient;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads records for plain Kafka consumers; {@link SerdeConfig} names its settings. The first record
 * of a schema waits for the registry.
 *
 * <p>A value that is no such record fails with {@link UnreadableRecordException}; a registry that
 * does not answer fails with a {@link io.streambed.schemas.registry.RegistryException}, and the
 * consumer keeps its place, so that the next poll tries again.
 *
 * <p>Where no thread may wait, {@link ResolvedReader} is the tool.
 */
public final class AvroDeserializer<T extends SpecificRecordBase> implements Deserializer<T> {

  private @Nullable RecordDecoder<T> decoder;
  private @Nullable SchemaRegistryClient registry;
  private boolean ownsRegistry;

  /** For Kafka, which calls {@link #configure} next. */
  public AvroDeserializer() {}

  /** Needs no configuring. Whoever made the client closes it. */
  public AvroDeserializer(SchemaRegistryClient registry, Class<T> type) {
    this.registry = registry;
    this.decoder = new RecordDecoder<>(type);
  }

  @Override
  public void configure(Map<String, ?> settings, boolean isKey) {
    if (registry == null) {
      SerdeConfig config = new SerdeConfig(settings);
      @SuppressWarnings("unchecked") // The setting says what T is; nothing else does.
      Class<T> type = (Class<T>) config.record();
      decoder = new RecordDecoder<>(type);
      registry = config.client();
      ownsRegistry = true;
    }
  }

  @Override
  public @Nullable T deserialize(String topic, byte @Nullable [] value) {
    RecordDecoder<T> reader = decoder;
    SchemaRegistryClient schemas = registry;
    if (reader == null || schemas == null) {
      throw new IllegalStateException("the deserializer is not configured");
    }
    if (value == null) {
      return null;
    }
    OptionalInt id = WireFormat.schemaId(value);
    if (id.isEmpty()) {
      throw UnreadableRecordException.notWireFormat(value.length);
    }
    return reader.decode(value, Answers.await(schemas.schema(id.getAsInt()), schemas.patience()));
  }

  @Override
  public void close() {
    if (ownsRegistry && registry != null) {
      registry.close();
    }
  }
}
