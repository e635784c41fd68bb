/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.serdes;

import io.streambed.schemas.registry.SchemaRegistryClient;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Codes records for plain Kafka producers; {@link SerdeConfig} names its settings. The first record
 * of a kind on a topic waits for the registry, and fails with a {@link
 * io.streambed.schemas.registry.RegistryException}; later ones ask nobody.
 *
 * <p>Where no thread may wait, {@link AvroEncoder} is the tool.
 */
public final class AvroSerializer<T extends SpecificRecordBase> implements Serializer<T> {

  private @Nullable AvroEncoder encoder;
  private @Nullable SchemaRegistryClient own;
  private boolean key;

  /** For Kafka, which calls {@link #configure} next. */
  public AvroSerializer() {}

  /** Needs no configuring. Whoever made the encoder closes its client. */
  public AvroSerializer(AvroEncoder encoder) {
    this.encoder = encoder;
  }

  @Override
  public void configure(Map<String, ?> settings, boolean isKey) {
    key = isKey;
    if (encoder == null) {
      SerdeConfig config = new SerdeConfig(settings);
      SchemaRegistryClient client = config.client();
      own = client;
      encoder = new AvroEncoder(client, config.naming(), config.autoRegister());
    }
  }

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable T record) {
    AvroEncoder ready = encoder;
    if (ready == null) {
      throw new IllegalStateException("the serializer is not configured");
    }
    if (record == null) {
      return null;
    }
    if (!ready.isPrepared(topic, key, record.getSchema())) {
      Answers.await(ready.prepare(topic, key, record.getSchema()), ready.patience());
    }
    return ready.encode(topic, key, record);
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }
}
