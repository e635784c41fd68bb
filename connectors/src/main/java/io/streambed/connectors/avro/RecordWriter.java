/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.avro;

import io.apicurio.registry.serde.avro.NonRecordContainer;
import io.apicurio.registry.utils.converter.avro.AvroData;
import io.streambed.schemas.registry.RegisteredSchema;
import io.streambed.schemas.serdes.WireFormat;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Makes bytes of Connect's data. Any thread. */
final class RecordWriter {

  /** A connector writes few schemas; beyond so many the coders are made anew. */
  private static final int MOST_CODERS = 1_000;

  private final RegistrySchemas schemas;
  private final AvroData data;
  private final ConverterConfig config;
  private final boolean key;
  private final Map<Route, DatumCoder> coders = new ConcurrentHashMap<>();

  /** From the schema that Connect's makes to the one that is written. */
  private record Route(Schema from, Schema to) {}

  /** A schema of the registry to write with. */
  private record Target(int id, Schema schema) {}

  /**
   * @param key whether records' keys are written, not their values
   */
  RecordWriter(RegistrySchemas schemas, AvroData data, ConverterConfig config, boolean key) {
    this.schemas = schemas;
    this.data = data;
    this.config = config;
    this.key = key;
  }

  /**
   * @param schema null for data without one, which are written as Confluent's converter does
   * @throws DataException if they cannot be written, or the registry does not take the schema
   * @throws org.apache.kafka.connect.errors.RetriableException if the registry is of no help now
   */
  byte[] write(String topic, org.apache.kafka.connect.data.@Nullable Schema schema, Object value) {
    Schema own = own(topic, schema);
    Target target = target(topic, ContractSchemas.of(schema).orElse(own));
    DatumCoder coder = coder(own, target.schema());
    return WireFormat.wrap(target.id(), encoded(topic, schema, value, coder));
  }

  private Schema own(String topic, org.apache.kafka.connect.data.@Nullable Schema schema) {
    try {
      return data.fromConnectSchema(schema);
    } catch (RuntimeException e) {
      // The cause is left out: it can come from Avro, and what it quotes is not known.
      Optional<String> name = schema == null ? Optional.empty() : AvroNames.refused(schema);
      throw new DataException(
          "a record of topic "
              + topic
              + " has the Connect schema "
              + named(schema)
              + ", for which Avro has none: "
              + name.map(one -> "Avro does not take " + one).orElse("see its types and defaults")
              + "; change it with a transform such as ReplaceField");
    }
  }

  private Target target(String topic, Schema wanted) {
    String subject = config.naming().subject(topic, key, wanted.getFullName());
    if (config.useLatest()) {
      RegisteredSchema newest = schemas.latest(subject);
      return new Target(newest.id(), newest.schema());
    }
    return new Target(schemas.id(subject, wanted, config.autoRegister()), wanted);
  }

  private DatumCoder coder(Schema from, Schema to) {
    Route route = new Route(from, to);
    DatumCoder known = coders.get(route);
    if (known != null) {
      return known;
    }
    if (coders.size() >= MOST_CODERS) {
      coders.clear();
    }
    DatumCoder made = DatumCoder.of(from, to);
    coders.put(route, made);
    return made;
  }

  private byte[] encoded(
      String topic,
      org.apache.kafka.connect.data.@Nullable Schema schema,
      Object value,
      DatumCoder coder) {
    try {
      Object datum = data.fromConnectData(schema, value);
      // What is no record comes with its schema around it.
      return coder.encode(datum instanceof NonRecordContainer<?> bare ? bare.getValue() : datum);
    } catch (IOException | RuntimeException e) {
      // The cause is left out: Avro's messages can quote the data.
      throw new DataException(
          "a record of topic "
              + topic
              + " does not fit its Connect schema "
              + named(schema)
              + " or the registry's; look at its types, and at the symbols of its enums");
    }
  }

  private static String named(org.apache.kafka.connect.data.@Nullable Schema schema) {
    if (schema == null) {
      return "(none)";
    }
    return schema.name() == null ? schema.type().getName() : schema.name();
  }
}
