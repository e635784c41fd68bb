/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.peers.flink;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes a record as it is. */
final class PromptReader implements KafkaRecordDeserializationSchema<Prompt> {

  private static final long serialVersionUID = 1L;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Prompt> out) {
    Prompt prompt = new Prompt();
    prompt.key = record.key();
    prompt.value = record.value();
    prompt.timestamp = record.timestamp();
    prompt.place = record.topic() + "-" + record.partition() + "-" + record.offset();
    out.collect(prompt);
  }

  @Override
  public TypeInformation<Prompt> getProducedType() {
    return TypeInformation.of(Prompt.class);
  }
}
