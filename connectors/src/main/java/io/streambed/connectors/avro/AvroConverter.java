/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.avro;

import io.apicurio.registry.utils.converter.avro.AvroData;
import io.streambed.schemas.registry.SchemaRegistryClient;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads Avro in the wire format of Confluent's registry and of all that speak its
 * protocol: a zero byte, the schema's id, the record. Connect makes one for each task and for keys
 * and values apart, and uses it by one thread at a time.
 *
 * <ul>
 *   <li>Structs whose schema has the full name of a record of Streambed's contract, such as {@code
 *       io.streambed.schemas.PromptRequest}, are written with the contract's own schema: Avro's
 *       rules for readers and writers turn the one into the other, so fields and enum symbols meet
 *       by name, and what is missing gets the contract's default.
 *   <li>Bytes and strings alone are written as Avro's {@code bytes} and {@code string}, with a
 *       schema of that one word: any Avro reader gives them back.
 *   <li>Null is null, in both directions, so that tombstones stay tombstones.
 * </ul>
 *
 * <p>A registry that does not answer, or refuses our credentials, says nothing about the record: it
 * waits here until the registry does. That is not left to Connect's own repetition, however long
 * {@code errors.retry.timeout} is: when a task is stopped in the midst of that, and {@code
 * errors.tolerance} is {@code all}, Connect takes all that its consumer has read for bad records.
 */
public final class AvroConverter implements Converter {

  private @Nullable Parts parts;

  private record Parts(
      SchemaRegistryClient client,
      RegistrySchemas schemas,
      RecordReader reader,
      RecordWriter writer) {}

  /** For Connect, which calls {@link #configure} next. */
  public AvroConverter() {}

  @Override
  public String version() {
    return Optional.ofNullable(AvroConverter.class.getPackage().getImplementationVersion())
        .orElse("unknown");
  }

  @Override
  public ConfigDef config() {
    return ConverterConfig.DEFINITION;
  }

  /**
   * Asks nobody yet.
   *
   * @throws org.apache.kafka.common.config.ConfigException if a setting is wrong; it names it
   */
  @Override
  public void configure(Map<String, ?> settings, boolean isKey) {
    ConverterConfig config = ConverterConfig.of(settings);
    close();
    SchemaRegistryClient client = config.client();
    RegistrySchemas schemas = new RegistrySchemas(client, config.waits());
    AvroData data = config.avroData();
    parts =
        new Parts(
            client,
            schemas,
            new RecordReader(schemas, data),
            new RecordWriter(schemas, data, config, isKey));
  }

  @Override
  public byte @Nullable [] fromConnectData(
      String topic, @Nullable Schema schema, @Nullable Object value) {
    Parts ready = ready();
    return value == null ? null : ready.writer().write(topic, schema, value);
  }

  @Override
  public SchemaAndValue toConnectData(String topic, byte @Nullable [] value) {
    Parts ready = ready();
    return value == null ? SchemaAndValue.NULL : ready.reader().read(topic, value);
  }

  @Override
  public void close() {
    Parts old = parts;
    if (old != null) {
      parts = null;
      old.schemas().close();
      old.client().close();
    }
  }

  private Parts ready() {
    Parts ready = parts;
    if (ready == null) {
      throw new IllegalStateException("the converter is not configured");
    }
    return ready;
  }
}
