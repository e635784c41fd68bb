/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.streambed.processors.config.KafkaConfig;
import io.streambed.processors.invocation.Calls;
import io.streambed.processors.invocation.LaneCondition;
import io.streambed.processors.invocation.LaneView;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.Quota;
import io.streambed.processors.ops.LaneLimits;
import io.streambed.processors.ops.LimitsReport;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/** What one running instance tells of its lanes. Safe for use by many threads. */
record Limits(KafkaConfig kafka, Calls calls, List<Lane> lanes, KafkaStreams streams) {

  LimitsReport report() {
    return new LimitsReport(
        kafka.applicationId(),
        kafka.instanceId(),
        calls.share(),
        instances(),
        lanes.stream().map(lane -> told(calls.view(lane))).toList());
  }

  /** Where the members of the group say that they are; Kafka Streams passes it on. */
  private List<String> instances() {
    try {
      return streams.metadataForAllStreamsClients().stream()
          .map(StreamsMetadata::hostInfo)
          .filter(host -> !host.equals(HostInfo.unavailable()))
          .map(host -> "http://" + host.host() + ":" + host.port())
          .sorted()
          .toList();
    } catch (InvalidStateStoreException | IllegalStateException e) {
      // It does not run yet, or no more.
      return List.of();
    }
  }

  private static LaneLimits told(LaneView lane) {
    return new LaneLimits(
        lane.lane(),
        lane.condition().word(),
        lane.breaker(),
        until(lane.condition()),
        lane.condition() instanceof LaneCondition.Stopped stopped ? stopped.reason() : null,
        quota(lane.quota()),
        lane.granted(),
        lane.setAside(),
        new LaneLimits.Used(
            lane.used().requests(),
            lane.used().tokens(),
            lane.used().throttles(),
            lane.used().throttlesEver()),
        lane.open(),
        lane.limit(),
        lane.concurrency(),
        lane.ready(),
        lane.waiting());
  }

  private static @Nullable String until(LaneCondition condition) {
    return switch (condition) {
      case LaneCondition.Throttled throttled -> throttled.until().toString();
      case LaneCondition.Stopped stopped -> stopped.nextTry().toString();
      case LaneCondition.Running running -> null;
      case LaneCondition.Broken broken -> null;
    };
  }

  private static LaneLimits.Quota quota(Quota quota) {
    return new LaneLimits.Quota(
        orNull(quota.requestsPerMinute()),
        orNull(quota.tokensPerMinute()),
        orNull(quota.tokensPerDay()));
  }

  private static @Nullable Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
