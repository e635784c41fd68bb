/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;

/**
 * What clients may ask, as the Kinesis API reference has it: request in, response out. Safe for use
 * by many threads.
 */
final class KinesisOperations {
  private static final int MOST_RECORDS = 10_000;
  private static final String STREAM = "StreamName";
  private static final String SEPARATOR = "/";

  private final KinesisStreams streams = new KinesisStreams();

  /** Carries an operation out, and writes the response's fields. */
  void carryOut(String operation, JsonNode request, JsonGenerator response) throws IOException {
    switch (operation) {
      case "CreateStream" ->
          streams.create(request.path(STREAM).asText(), request.path("ShardCount").asInt());
      case "DescribeStreamSummary" -> describe(request.path(STREAM).asText(), response);
      case "ListShards" -> list(request.path(STREAM).asText(), response);
      case "GetShardIterator" -> response.writeStringField("ShardIterator", iterator(request));
      case "PutRecords" -> put(request, response);
      case "GetRecords" -> get(request, response);
      default -> throw new IOException("there is no operation " + operation);
    }
  }

  private void describe(String stream, JsonGenerator response) throws IOException {
    response.writeObjectFieldStart("StreamDescriptionSummary");
    response.writeStringField(STREAM, stream);
    response.writeStringField("StreamARN", "arn:aws:kinesis:eu-central-1:0:stream/" + stream);
    response.writeStringField("StreamStatus", "ACTIVE");
    response.writeNumberField("OpenShardCount", streams.shards(stream).size());
    response.writeEndObject();
  }

  private void list(String stream, JsonGenerator response) throws IOException {
    int shards = streams.shards(stream).size();
    response.writeArrayFieldStart("Shards");
    for (int shard = 0; shard < shards; shard++) {
      BigInteger end = KinesisStreams.firstKey(shard + 1, shards).subtract(BigInteger.ONE);
      response.writeStartObject();
      response.writeStringField("ShardId", KinesisStreams.id(shard));
      response.writeObjectFieldStart("HashKeyRange");
      response.writeStringField(
          "StartingHashKey", KinesisStreams.firstKey(shard, shards).toString());
      response.writeStringField("EndingHashKey", end.toString());
      response.writeEndObject();
      response.writeObjectFieldStart("SequenceNumberRange");
      response.writeStringField("StartingSequenceNumber", "0");
      response.writeEndObject();
      response.writeEndObject();
    }
    response.writeEndArray();
  }

  private String iterator(JsonNode request) throws IOException {
    String stream = request.path(STREAM).asText();
    String shard = request.path("ShardId").asText();
    String sequence = request.path("StartingSequenceNumber").asText();
    String type = request.path("ShardIteratorType").asText();
    int place =
        switch (type) {
          case "TRIM_HORIZON" -> 0;
          case "LATEST" -> streams.shards(stream).get(KinesisStreams.number(shard)).size();
          case "AT_SEQUENCE_NUMBER" -> KinesisShard.place(sequence);
          case "AFTER_SEQUENCE_NUMBER" -> KinesisShard.place(sequence) + 1;
          default -> throw new IOException("there is no iterator " + type);
        };
    return iterator(stream, shard, place);
  }

  private static String iterator(String stream, String shard, int place) {
    return String.join(SEPARATOR, stream, shard, Integer.toString(place));
  }

  private void put(JsonNode request, JsonGenerator response) throws IOException {
    List<KinesisShard> shards = streams.shards(request.path(STREAM).asText());
    response.writeNumberField("FailedRecordCount", 0);
    response.writeArrayFieldStart("Records");
    for (JsonNode record : request.path("Records")) {
      String key = record.path("PartitionKey").asText();
      int shard = KinesisStreams.shardOf(key, shards.size());
      long sequence = shards.get(shard).add(key, record.path("Data").binaryValue());
      response.writeStartObject();
      response.writeStringField("SequenceNumber", Long.toString(sequence));
      response.writeStringField("ShardId", KinesisStreams.id(shard));
      response.writeEndObject();
    }
    response.writeEndArray();
  }

  private void get(JsonNode request, JsonGenerator response) throws IOException {
    String[] from = request.path("ShardIterator").asText().split(SEPARATOR, -1);
    int place = Integer.parseInt(from[2]);
    KinesisShard shard = streams.shards(from[0]).get(KinesisStreams.number(from[1]));
    List<KinesisShard.Stored> records =
        shard.from(place, request.path("Limit").asInt(MOST_RECORDS));
    int next = place + records.size();
    response.writeArrayFieldStart("Records");
    for (KinesisShard.Stored record : records) {
      response.writeStartObject();
      response.writeStringField("SequenceNumber", Long.toString(record.sequence()));
      response.writeNumberField("ApproximateArrivalTimestamp", record.arrived());
      response.writeStringField("PartitionKey", record.key());
      response.writeBinaryField("Data", record.data());
      response.writeEndObject();
    }
    response.writeEndArray();
    response.writeStringField("NextShardIterator", iterator(from[0], from[1], next));
    long behind =
        records.isEmpty() || next == shard.size()
            ? 0
            : System.currentTimeMillis() - records.getLast().arrived();
    response.writeNumberField("MillisBehindLatest", Math.max(0, behind));
  }
}
