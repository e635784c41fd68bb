/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.processors.job.Fingerprint;
import io.streambed.processors.job.Payload;
import io.streambed.processors.job.Rejection;
import io.streambed.processors.job.SourceRecord;
import io.streambed.processors.job.StateCodec;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.Needs;
import io.streambed.schemas.RecordHeader;
import io.streambed.schemas.redrive.RedriveMark;
import io.streambed.schemas.serdes.WireFormat;
import io.streambed.schemas.state.Destination;
import io.streambed.schemas.state.Failure;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides from a decoded request alone whether it becomes a job. Pure: equal arguments, equal
 * decisions. Safe for use by many threads.
 */
public final class Admission {

  private final AdmissionConfig config;
  private final AdmissionLimits limits;
  private final EnvelopeRules envelopeRules;
  private final Payload payload;
  private final Reservations reservations;
  private final StateCodec<Job> jobs;
  private final FingerprintHasher hasher = new FingerprintHasher();

  /**
   * @param aliases the configured models, by alias
   */
  public Admission(
      AdmissionConfig config,
      AdmissionLimits limits,
      Map<String, ModelAlias> aliases,
      Payload payload,
      Reservations reservations,
      StateCodec<Job> jobs) {
    this.config = config;
    this.limits = limits;
    this.envelopeRules = new EnvelopeRules(limits, aliases);
    this.payload = payload;
    this.reservations = reservations;
    this.jobs = jobs;
  }

  /**
   * Decides on a request that nobody replays.
   *
   * @param source where the request came from; its value must be in the registry's wire format
   * @param request the value, decoded
   * @param now the wall clock
   */
  public Decision decide(SourceRecord source, Request request, Instant now) {
    return decide(source, request, Optional.empty(), now);
  }

  /**
   * Decides.
   *
   * @param destination where a replayed request's result goes; absent for all others
   */
  Decision decide(
      SourceRecord source, Request request, Optional<Destination> destination, Instant now) {
    Optional<Failure> badId = envelopeRules.checkId(request);
    String id = badId.isPresent() ? source.id() : request.id().orElseGet(source::id);
    Optional<Failure> failure =
        badId
            .or(() -> size(source))
            .or(() -> envelopeRules.check(request, now))
            .or(() -> ShapeRules.check(request, envelopeRules.alias(request)));
    if (failure.isPresent()) {
      return rejected(source, id, request, destination, failure.get());
    }
    try {
      return accept(source, id, request, destination, now);
    } catch (NotJsonException e) {
      return rejected(
          source,
          id,
          request,
          destination,
          Refusals.invalid(
              e.field(),
              "holds no JSON value that can be read; give exactly one, in which no object has a"
                  + " name twice and nothing lies deeper than 1000 levels"));
    }
  }

  /** Why a record's value is too large, if it is. */
  Optional<Failure> size(SourceRecord source) {
    int length = value(source).length;
    return length <= config.maxRequestBytes()
        ? Optional.empty()
        : Optional.of(
            Refusals.tooLarge(
                "the request has "
                    + length
                    + " bytes, at most "
                    + config.maxRequestBytes()
                    + " are allowed; give large images and documents by S3 location"));
  }

  /** Why a record cannot be stored as it is, if it cannot. */
  Optional<Failure> storedSize(int bytes) {
    return bytes <= limits.maxJobBytes() ? Optional.empty() : Optional.of(doesNotFit(bytes));
  }

  private Decision accept(
      SourceRecord source,
      String id,
      Request request,
      Optional<Destination> destination,
      Instant now)
      throws NotJsonException {
    ModelAlias alias = envelopeRules.alias(request);
    Fingerprint fingerprint;
    byte[] batchGroup;
    byte[] key;
    switch (request) {
      case Request.Prompt p -> {
        fingerprint = hasher.prompt(p.prompt(), alias);
        batchGroup = null;
        key = fingerprint.bytes().clone();
      }
      case Request.Text t -> {
        fingerprint = hasher.embedding(t.text(), alias);
        batchGroup = hasher.batchGroup(t.text(), alias);
        key = Arrays.copyOf(batchGroup, batchGroup.length + 1);
        key[batchGroup.length] =
            (byte) (Byte.toUnsignedInt(fingerprint.bytes()[0]) % config.embeddingBuckets());
      }
    }
    Job job = job(source, id, request, fingerprint, batchGroup, now);
    job.put("destination", destination.orElse(null));
    OptionalLong reserved = reservations.of(job, alias, now);
    if (reserved.isEmpty()) {
      return rejected(source, id, request, destination, Refusals.withoutPrice(alias));
    }
    job.put("reservedPicoDollars", reserved.getAsLong());
    byte[] value = jobs.encode(job);
    Optional<Failure> failure =
        storedSize(key.length + value.length).or(() -> RouteRules.check(Needs.of(job), alias));
    return failure.isPresent()
        ? rejected(source, id, request, destination, failure.get())
        : new Decision.Accepted(job, key, value);
  }

  private Failure doesNotFit(int length) {
    return Refusals.tooLarge(
        "the request as a job, with its key and headers, has "
            + length
            + " bytes, at most "
            + limits.maxJobBytes()
            + " are allowed; write it in Streambed's own schema, which saves a second copy, give"
            + " large images and documents by S3 location, or send fewer headers");
  }

  private Job job(
      SourceRecord source,
      String id,
      Request request,
      Fingerprint fingerprint,
      byte @Nullable [] batchGroup,
      Instant now) {
    byte[] value = value(source);
    int schemaId = WireFormat.schemaId(value).orElseThrow();
    Payload.Split split = payload.split(request.value());
    return Job.newBuilder()
        .setId(id)
        .setTenant(request.tenant())
        .setOperation(request.operation())
        .setModel(request.model())
        .setFingerprint(ByteBuffer.wrap(fingerprint.bytes()))
        .setBatchGroup(batchGroup == null ? null : ByteBuffer.wrap(batchGroup))
        .setPriority(request.priority())
        .setCachePolicy(request.cachePolicy())
        .setDeadline(request.deadline().orElse(null))
        .setSourceTopic(source.topic())
        .setSourcePartition(source.partition())
        .setSourceOffset(source.offset())
        .setRequestedAt(source.timestamp())
        .setAdmittedAt(now)
        .setKey(source.key() == null ? null : ByteBuffer.wrap(source.key()))
        .setHeaders(source.headers().stream().filter(Admission::isKept).toList())
        .setMetadata(request.metadata())
        .setPayloadSchema(split.schema())
        .setEnvelope(split.envelope())
        .setContent(split.content())
        .setWriterSchemaId(schemaId)
        .setOriginal(Payload.reproduces(split, schemaId, value) ? null : ByteBuffer.wrap(value))
        .setFeatures(Features.of(request))
        .setMaxTokens(Features.maxTokens(request))
        .build();
  }

  /** The caller's own, and what says that the request was redriven. */
  private static boolean isKept(RecordHeader header) {
    return !RedriveMark.isReserved(header.getKey()) || RedriveMark.isPart(header.getKey());
  }

  private static byte[] value(SourceRecord source) {
    byte[] value = source.value();
    if (value == null) {
      throw new IllegalArgumentException("a record without a value holds no request");
    }
    return value;
  }

  private static Decision rejected(
      SourceRecord source,
      String id,
      Request request,
      Optional<Destination> destination,
      Failure failure) {
    return new Decision.Rejected(
        new Rejection(
            source,
            id,
            Optional.of(request.tenant()),
            Optional.of(request.model()),
            failure,
            destination));
  }
}
