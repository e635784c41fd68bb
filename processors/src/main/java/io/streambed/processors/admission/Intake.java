/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.processors.admission.WriterSchemas.Lookup;
import io.streambed.processors.job.Rejection;
import io.streambed.processors.job.SourceRecord;
import io.streambed.schemas.Operation;
import io.streambed.schemas.serdes.WireFormat;
import io.streambed.schemas.state.Destination;
import io.streambed.schemas.state.Failure;
import io.streambed.schemas.topics.Topics;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a record's bytes to a decision. Whatever the bytes are, it decides and does not throw. Safe
 * for use by many threads.
 */
public final class Intake {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final Admission admission;
  private final Topics topics;
  private final Destinations destinations;
  private final RequestReader reader = new RequestReader();

  /**
   * @param topics which topic holds which kind of request
   * @param destinations where what is said of replayed requests goes
   */
  public Intake(Admission admission, Topics topics, Destinations destinations) {
    this.admission = admission;
    this.topics = topics;
    this.destinations = destinations;
  }

  /** What a record is before its schema is known. */
  sealed interface First {

    /** It names the schema in which it was written. */
    record Written(int schemaId) implements First {}

    /** No schema would help. */
    record Hopeless(Decision.Rejected decision) implements First {}
  }

  /** Looks at a record without decoding it. */
  First look(SourceRecord source) {
    byte[] value = source.value();
    if (value == null) {
      return hopeless(
          source,
          Refusals.unreadable(
              "the record has no value; a request cannot be deleted, publish requests only"));
    }
    OptionalInt schemaId = WireFormat.schemaId(value);
    return schemaId.isPresent()
        ? new First.Written(schemaId.getAsInt())
        : hopeless(
            source,
            Refusals.unreadable(
                "the value ("
                    + value.length
                    + " bytes) is not Avro in the registry's wire format: it must begin with a zero"
                    + " byte and a 4-byte schema id; write it with an Avro serializer that uses the"
                    + " registry"));
  }

  /**
   * Decides on a record whose schema's fate is known.
   *
   * @return empty while the registry gives no answer, or Kafka none about a run's output topics
   */
  Optional<Decision> decide(SourceRecord source, int schemaId, Lookup lookup, Instant now) {
    return switch (destinations.of(source)) {
      case Destinations.Found.Live live -> decide(source, Optional.empty(), schemaId, lookup, now);
      case Destinations.Found.Going(Destination destination) ->
          decide(source, Optional.of(destination), schemaId, lookup, now);
      case Destinations.Found.Refused(Failure failure) ->
          Optional.of(refuse(source, Optional.empty(), failure));
      case Destinations.Found.Asked asked -> Optional.empty();
    };
  }

  private Optional<Decision> decide(
      SourceRecord source,
      Optional<Destination> destination,
      int schemaId,
      Lookup lookup,
      Instant now) {
    return switch (lookup) {
      case Lookup.Known known -> Optional.of(decide(source, destination, known.schema(), now));
      case Lookup.Missing m ->
          Optional.of(refuse(source, destination, Refusals.unknownSchema(schemaId)));
      case Lookup.NotAvro n ->
          Optional.of(
              refuse(
                  source,
                  destination,
                  Refusals.unreadable(
                      "schema id "
                          + schemaId
                          + " is not of an Avro schema; write requests in Avro")));
      case Lookup.Unavailable u -> Optional.empty();
    };
  }

  /**
   * Decides on a record at once.
   *
   * @param schemas gives what the registry says of a schema id; may block
   * @return empty where it gives no answer
   */
  public Optional<Decision> decide(SourceRecord source, IntFunction<Lookup> schemas, Instant now) {
    return switch (look(source)) {
      case First.Hopeless hopeless -> Optional.of(hopeless.decision());
      case First.Written written ->
          decide(source, written.schemaId(), schemas.apply(written.schemaId()), now);
    };
  }

  /** Why a record cannot be kept until its schema is there, if it cannot. */
  Optional<Decision> tooLargeToWait(SourceRecord source, int bytes) {
    return admission
        .size(source)
        .or(() -> admission.storedSize(bytes))
        .map(f -> refuse(source, destination(source), f));
  }

  private Decision decide(
      SourceRecord source, Optional<Destination> destination, Schema writer, Instant now) {
    try {
      byte[] value = source.value();
      if (value == null) {
        throw new IllegalArgumentException("a record without a value was not refused");
      }
      return switch (reader.read(value, writer, operation(source.topic(), writer))) {
        case RequestReader.Reading.Read read ->
            destinations
                .misfit(destination, read.request().operation())
                .<Decision>map(failure -> refuse(source, Optional.empty(), failure))
                .orElseGet(() -> admission.decide(source, read.request(), destination, now));
        case RequestReader.Reading.Unreadable unreadable ->
            refuse(source, destination, unreadable.failure());
      };
    } catch (RuntimeException | StackOverflowError e) {
      return bug(source, destination, e);
    }
  }

  private Operation operation(String topic, Schema writer) {
    if (destinations.isReplay(topic)) {
      boolean text = writer.getName().equals(Request.schema(Operation.EMBEDDING).getName());
      return text ? Operation.EMBEDDING : Operation.PROMPT;
    }
    if (topic.equals(topics.promptRequests())) {
      return Operation.PROMPT;
    }
    if (topic.equals(topics.embeddingRequests())) {
      return Operation.EMBEDDING;
    }
    throw new IllegalArgumentException("topic " + topic + " holds no requests");
  }

  /** One record that we cannot handle must not stop the stream; its message could quote it. */
  private static Decision bug(SourceRecord source, Optional<Destination> destination, Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    LOG.atError()
        .addKeyValue("topic", source.topic())
        .addKeyValue("partition", source.partition())
        .addKeyValue("offset", source.offset())
        .addKeyValue("exception", e.getClass().getName())
        .addKeyValue("at", trace.length == 0 ? "unknown" : trace[0].toString())
        .log("a request could not be decided on; it becomes a dead letter INTERNAL_ERROR");
    // By its place: what is wrong may be the headers, which hold the id of one that is redriven.
    return rejected(
        source, source.place(), destination, Refusals.bug(e.getClass().getSimpleName()));
  }

  private First hopeless(SourceRecord source, Failure failure) {
    return new First.Hopeless(refuse(source, destination(source), failure));
  }

  /** Where a dead letter goes that needs no answer of anybody's, as far as that is known. */
  private Optional<Destination> destination(SourceRecord source) {
    return destinations.of(source) instanceof Destinations.Found.Going(Destination destination)
        ? Optional.of(destination)
        : Optional.empty();
  }

  private static Decision.Rejected refuse(
      SourceRecord source, Optional<Destination> destination, Failure failure) {
    return rejected(source, source.id(), destination, failure);
  }

  private static Decision.Rejected rejected(
      SourceRecord source, String id, Optional<Destination> destination, Failure failure) {
    return new Decision.Rejected(
        new Rejection(source, id, Optional.empty(), Optional.empty(), failure, destination));
  }
}
