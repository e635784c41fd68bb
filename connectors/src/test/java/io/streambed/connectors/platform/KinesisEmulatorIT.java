/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

@EnabledIf(
    value = "io.streambed.connectors.platform.KinesisEmulator#available",
    disabledReason = KinesisEmulator.WHY_NOT)
class KinesisEmulatorIT {

  private static final String STREAM = "orders";

  @Test
  void whatOneClientPutsTheOtherReads() throws Exception {
    try (KinesisEmulator kinesis = KinesisEmulator.start()) {
      // Given
      kinesis.createStream(STREAM, 1);

      // When
      kinesis
          .client()
          .putRecord(request ->
              request.streamName(STREAM).partitionKey("key").data(SdkBytes.fromUtf8String("one")));

      // Then
      assertThat(read(kinesis.asyncClient()))
          .singleElement()
          .satisfies(record -> assertThat(record.data().asUtf8String()).isEqualTo("one"));
    }
  }

  private static List<Record> read(KinesisAsyncClient client) throws Exception {
    String shard =
        client
            .listShards(request -> request.streamName(STREAM))
            .get()
            .shards()
            .getFirst()
            .shardId();
    String iterator =
        client
            .getShardIterator(request ->
                request
                    .streamName(STREAM)
                    .shardId(shard)
                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .get()
            .shardIterator();
    return client.getRecords(request -> request.shardIterator(iterator)).get().records();
  }
}
