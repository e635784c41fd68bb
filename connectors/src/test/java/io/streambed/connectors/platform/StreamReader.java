/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import io.streambed.connectors.kpl.Deaggregation;
import io.streambed.connectors.kpl.UserRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Reads all of a stream with AWS' own client. */
public final class StreamReader {

  private final KinesisClient client;
  private final String stream;

  public StreamReader(KinesisClient client, String stream) {
    this.client = client;
    this.stream = stream;
  }

  /** What is in it now, shard by shard in their order; aggregated records taken apart. */
  public List<UserRecord> all() {
    List<UserRecord> all = new ArrayList<>();
    for (Shard shard : client.listShards(request -> request.streamName(stream)).shards()) {
      read(shard.shardId(), all);
    }
    return all;
  }

  private void read(String shard, List<UserRecord> all) {
    String iterator =
        client
            .getShardIterator(request ->
                request
                    .streamName(stream)
                    .shardId(shard)
                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    while (iterator != null) {
      String from = iterator;
      GetRecordsResponse response = client.getRecords(request -> request.shardIterator(from));
      response.records().forEach(record -> add(record, all));
      // The emulator has no gaps, as Kinesis may: where nothing comes there is nothing more.
      iterator = response.records().isEmpty() ? null : response.nextShardIterator();
    }
  }

  private static void add(Record record, List<UserRecord> all) {
    byte[] data = record.data().asByteArray();
    Deaggregation.of(data)
        .ifPresentOrElse(
            all::addAll,
            () -> all.add(new UserRecord(record.partitionKey(), Optional.empty(), data)));
  }
}
