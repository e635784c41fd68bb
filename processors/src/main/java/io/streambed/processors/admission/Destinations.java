/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.processors.job.OutputTopics;
import io.streambed.processors.job.SourceRecord;
import io.streambed.schemas.Operation;
import io.streambed.schemas.replay.Place;
import io.streambed.schemas.replay.ReplayHeaders;
import io.streambed.schemas.state.Destination;
import io.streambed.schemas.state.Failure;
import io.streambed.schemas.topics.TopicCatalogue;
import io.streambed.schemas.topics.TopicSpec;
import io.streambed.schemas.topics.Topics;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where what is said of a replayed request goes, by its headers. Nobody can have anything written
 * to a topic that is neither a live output nor begins as the outputs of runs must, and nothing to
 * one that Streambed reads. Safe for use by many threads.
 */
public final class Destinations {

  private final Topics topics;
  private final String prefix;
  private final OutputTopics outputs;
  private final Set<String> ours;

  /** What a record's headers say. */
  sealed interface Found {

    /** It is no replayed request. */
    record Live() implements Found {}

    /** What is said of it goes where this says. */
    record Going(Destination destination) implements Found {}

    /** It cannot be replayed so. */
    record Refused(Failure failure) implements Found {}

    /** It is not known yet whether its topics exist. */
    record Asked() implements Found {}
  }

  /**
   * @param prefix what the names of runs' own output topics begin with
   */
  public Destinations(Topics topics, String prefix, OutputTopics outputs) {
    this.topics = topics;
    this.prefix = prefix;
    this.outputs = outputs;
    this.ours =
        TopicCatalogue.of(topics).stream()
            .map(TopicSpec::name)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a topic holds replayed requests. */
  boolean isReplay(String topic) {
    return topic.equals(topics.replayRequests());
  }

  /** Looks at a record. */
  Found of(SourceRecord source) {
    if (!isReplay(source.topic())) {
      return new Found.Live();
    }
    Optional<Place> place = header(source, ReplayHeaders.SOURCE).flatMap(Place::parse);
    if (place.isEmpty()) {
      return refused(
          ReplayHeaders.SOURCE,
          "is no topic-partition-offset of a recorded request; publish requests to "
              + topics.promptRequests()
              + " or "
              + topics.embeddingRequests()
              + ", and ask recorded ones again with ./streambed replay");
    }
    String run = header(source, ReplayHeaders.RUN).orElse("");
    String results = header(source, ReplayHeaders.RESULTS).orElse("");
    String deadLetters = header(source, ReplayHeaders.DEAD_LETTERS).orElse("");
    if (run.isBlank()) {
      return refused(ReplayHeaders.RUN, "is missing; name the run");
    }
    return checked(
            ReplayHeaders.RESULTS,
            results,
            Set.of(topics.promptResults(), topics.embeddingResults()))
        .or(() -> checked(ReplayHeaders.DEAD_LETTERS, deadLetters, Set.of(topics.deadLetters())))
        .orElseGet(() ->
            new Found.Going(
                new Destination(
                    run,
                    place.get().topic(),
                    place.get().partition(),
                    place.get().offset(),
                    results,
                    deadLetters,
                    bound(source))));
  }

  /** What is wrong with an output topic, or that it is not known yet. */
  private Optional<Found> checked(String header, String topic, Set<String> live) {
    if (live.contains(topic)) {
      return Optional.empty();
    }
    if (!topic.startsWith(prefix) || ours.contains(topic)) {
      return Optional.of(
          refused(
              header,
              "names a topic that no replayed request may have anything written to; give "
                  + String.join(" or ", live.stream().sorted().toList())
                  + ", or a topic of the run's own whose name begins with "
                  + prefix));
    }
    return switch (outputs.find(topic)) {
      case OutputTopics.Found.Present there -> Optional.empty();
      case OutputTopics.Found.Asked asked -> Optional.of(new Found.Asked());
      case OutputTopics.Found.Missing missing ->
          Optional.of(
              refused(header, "names a topic that does not exist; create it, or start a new run"));
    };
  }

  /** What is wrong where results would go to the live topic of the other kind of request. */
  Optional<Failure> misfit(Optional<Destination> destination, Operation operation) {
    String other =
        operation == Operation.PROMPT ? topics.embeddingResults() : topics.promptResults();
    return destination
        .filter(its -> its.getResults().equals(other))
        .map(its ->
            Refusals.invalid(
                "headers." + ReplayHeaders.RESULTS,
                "names the topic of results of the other kind of request"));
  }

  private static long bound(SourceRecord source) {
    try {
      return Math.max(0, Long.parseLong(header(source, ReplayHeaders.BOUND).orElse("0")));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static Found refused(String header, String message) {
    return new Found.Refused(Refusals.invalid("headers." + header, message));
  }

  private static Optional<String> header(SourceRecord source, String name) {
    return source.headers().stream()
        .filter(header -> header.getKey().equals(name))
        .flatMap(header -> header.getValue().stream())
        .map(Destinations::text)
        .findFirst();
  }

  private static String text(ByteBuffer value) {
    return UTF_8.decode(value.duplicate()).toString();
  }
}
