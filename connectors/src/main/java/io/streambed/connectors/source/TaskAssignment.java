/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.connectors.kpl.HashKeys;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * What a task reads, as it travels in the task's settings.
 *
 * @param shards those it reads, now or when their parents have ended
 * @param consumers ARN of the fan-out consumer of each stream; empty when shards are polled
 */
record TaskAssignment(List<ShardInfo> shards, Map<StreamName, String> consumers) {

  /** The setting. */
  static final String SETTING = "task.shards";

  private static final ObjectMapper JSON = new ObjectMapper();

  TaskAssignment {
    shards = List.copyOf(shards);
    consumers = Map.copyOf(consumers);
  }

  String text() {
    ObjectNode all = JSON.createObjectNode();
    ArrayNode list = all.putArray("shards");
    for (ShardInfo shard : shards) {
      ObjectNode one = list.addObject();
      one.put("stream", shard.id().stream().given());
      one.put("shard", shard.id().shard());
      ArrayNode parents = one.putArray("parents");
      shard.parents().stream().sorted().forEach(parent -> parents.add(parent.shard()));
      one.put("from", shard.keys().from().toString());
      one.put("to", shard.keys().to().toString());
    }
    ObjectNode arns = all.putObject("consumers");
    new TreeMap<>(consumers).forEach((stream, arn) -> arns.put(stream.given(), arn));
    return all.toString();
  }

  static TaskAssignment of(String text) {
    JsonNode all;
    try {
      all = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new ConnectException(SETTING + " is for the connector to set, and holds no JSON");
    }
    List<ShardInfo> shards = new ArrayList<>();
    for (JsonNode one : all.path("shards")) {
      StreamName stream = new StreamName(one.path("stream").asText());
      Set<ShardId> parents = new HashSet<>();
      one.path("parents").forEach(parent -> parents.add(new ShardId(stream, parent.asText())));
      shards.add(
          new ShardInfo(
              new ShardId(stream, one.path("shard").asText()),
              parents,
              new HashKeys(
                  new BigInteger(one.path("from").asText()),
                  new BigInteger(one.path("to").asText()))));
    }
    Map<StreamName, String> consumers = new TreeMap<>();
    all.path("consumers")
        .properties()
        .forEach(entry -> consumers.put(new StreamName(entry.getKey()), entry.getValue().asText()));
    return new TaskAssignment(shards, consumers);
  }
}
