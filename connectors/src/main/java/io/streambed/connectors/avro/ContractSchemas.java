/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.avro;

import io.apicurio.registry.utils.converter.avro.AvroData;
import io.apicurio.registry.utils.converter.avro.AvroDataConfig;
import io.streambed.schemas.registry.PortableSchema;
import io.streambed.schemas.topics.TopicCatalogue;
import io.streambed.schemas.topics.TopicSpec;
import io.streambed.schemas.topics.TopicSpec.ValueEncoding;
import io.streambed.schemas.topics.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of Streambed's topics, as Avro and as Connect know them. Any thread.
 *
 * <p>A schema that went through Connect is not quite the one it was: documentation becomes
 * properties, aliases are gone. Registered, it would be another version of the subject, written by
 * whoever came first. So what Connect calls by the name of a record of the contract is written with
 * the contract's own schema.
 */
public final class ContractSchemas {

  private static final Map<String, Schema> BY_NAME =
      TopicCatalogue.of(Topics.defaults()).stream()
          .filter(topic -> topic.encoding() == ValueEncoding.REGISTRY)
          .map(TopicSpec::value)
          // Several topics may hold requests.
          .distinct()
          .collect(Collectors.toUnmodifiableMap(Schema::getFullName, schema -> schema));

  private ContractSchemas() {}

  /**
   * The contract's schema for a record of Connect's.
   *
   * @param schema null where there is none
   * @return nothing unless it is a struct with the full name of one of our records
   */
  static Optional<Schema> of(org.apache.kafka.connect.data.@Nullable Schema schema) {
    return schema == null
            || schema.name() == null
            || schema.type() != org.apache.kafka.connect.data.Schema.Type.STRUCT
        ? Optional.empty()
        : Optional.ofNullable(BY_NAME.get(schema.name()));
  }

  /**
   * A record's schema as Connect knows it: enums are strings that list their symbols, times are
   * Connect's timestamps. Without documentation, which other converters would write into each
   * record or each schema.
   */
  public static org.apache.kafka.connect.data.Schema connect(Schema contract) {
    AvroData data =
        new AvroData(
            new AvroDataConfig.Builder()
                .with(AvroDataConfig.ENHANCED_AVRO_SCHEMA_SUPPORT_CONFIG, true)
                .with(AvroDataConfig.CONNECT_META_DATA_CONFIG, false)
                .build());
    return data.toConnectSchema(new Schema.Parser().parse(PortableSchema.text(contract)));
  }
}
