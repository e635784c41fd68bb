/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.schemas.RecordHeader;
import io.streambed.schemas.replay.Place;
import io.streambed.schemas.replay.ReplayHeaders;
import io.streambed.schemas.state.Destination;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A topic that something is written to.
 *
 * @param topic its name
 * @param codedFor the live topic of its kind, for which the record's schema is prepared
 * @param limit most bytes of key, value and headers together
 * @param sink name of the sink that writes to it
 * @param marks headers beside the request's own
 */
record Target(String topic, String codedFor, int limit, String sink, List<RecordHeader> marks) {

  /** What the topic is for. */
  enum Kind {
    RESULT,
    DEAD_LETTER
  }

  /** A live topic, under which it is always known. */
  static Target live(SettlementParts parts, String topic, String sink) {
    return new Target(topic, topic, parts.limit(topic), sink, List.of());
  }

  /**
   * Where something that is owed to a request goes.
   *
   * @param topic the live topic of its kind
   * @return empty where the run's own topic is gone
   */
  static Optional<Target> of(
      Optional<Destination> destination,
      Kind kind,
      SettlementParts parts,
      String topic,
      String sink) {
    if (destination.isEmpty()) {
      return Optional.of(live(parts, topic, sink));
    }
    Destination its = destination.get();
    String own = kind == Kind.RESULT ? its.getResults() : its.getDeadLetters();
    if (own.equals(topic)) {
      return Optional.of(new Target(topic, topic, parts.limit(topic), sink, marks(its, topic)));
    }
    OptionalInt limit = parts.outputs().limit(own);
    return limit.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Target(own, topic, parts.less(limit.getAsInt()), Sinks.RUNS, marks(its, own)));
  }

  /** What says of which run a record is, and which request it answers. */
  static List<RecordHeader> marks(Destination its, String topic) {
    Place place = new Place(its.getSourceTopic(), its.getSourcePartition(), its.getSourceOffset());
    List<RecordHeader> marks = new ArrayList<>();
    marks.add(mark(ReplayHeaders.RUN, its.getRun()));
    marks.add(mark(ReplayHeaders.SOURCE, place.toString()));
    marks.add(mark(ReplayHeaders.BOUND, Long.toString(its.getBoundPicoDollars())));
    marks.add(mark(ReplayHeaders.OUTPUT, topic));
    return marks;
  }

  private static RecordHeader mark(String name, String value) {
    return new RecordHeader(name, ByteBuffer.wrap(value.getBytes(UTF_8)));
  }
}
