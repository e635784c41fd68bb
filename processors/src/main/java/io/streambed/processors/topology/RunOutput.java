/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.schemas.replay.ReplayHeaders;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;

/** The topic that a record of a run names in its header. It was looked up before. */
final class RunOutput implements TopicNameExtractor<byte[], byte[]> {

  @Override
  public String extract(byte[] key, byte[] value, RecordContext context) {
    Header output = context.headers().lastHeader(ReplayHeaders.OUTPUT);
    if (output == null) {
      throw new IllegalStateException("a record of a run names the topic it is for");
    }
    return new String(output.value(), UTF_8);
  }

  /** For the description of the topology. */
  @Override
  public String toString() {
    return "the topic that the record's header names";
  }
}
