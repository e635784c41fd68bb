/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.processors.job.Due;
import io.streambed.processors.job.LaneName;
import io.streambed.processors.job.Payload;
import io.streambed.processors.job.Rejection;
import io.streambed.processors.job.Work;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.RecordHeader;
import io.streambed.schemas.replay.Place;
import io.streambed.schemas.replay.ReplayHeaders;
import io.streambed.schemas.state.Answer;
import io.streambed.schemas.state.Destination;
import io.streambed.schemas.state.Failure;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes dead letters. Pure. */
final class DeadLetters {

  private DeadLetters() {}

  /** For a request that did not become a job. */
  static DeadLetter of(Rejection rejection, Instant now) {
    byte @Nullable [] value = rejection.source().value();
    byte @Nullable [] key = rejection.source().key();
    Failure failure = rejection.failure();
    Place place =
        rejection
            .destination()
            .map(DeadLetters::recorded)
            .orElseGet(() ->
                new Place(
                    rejection.source().topic(),
                    rejection.source().partition(),
                    rejection.source().offset()));
    return new DeadLetter(
        rejection.id(),
        rejection.tenant().orElse(null),
        rejection.model().orElse(null),
        failure.getCode(),
        failure.getKind(),
        failure.getMessage(),
        failure.getField().orElse(null),
        false,
        0,
        0,
        0L,
        null,
        null,
        null,
        place.topic(),
        place.partition(),
        place.offset(),
        key == null ? null : ByteBuffer.wrap(key),
        value == null ? null : ByteBuffer.wrap(value),
        value == null ? 0L : value.length,
        null,
        rejection.source().headers(),
        rejection.source().timestamp(),
        now,
        List.of());
  }

  /** For a job that was not answered. */
  static DeadLetter of(Due.Failed failed, Instant now) {
    return of(
        failed.job(),
        failed.content(),
        failed.failure(),
        failed.work(),
        failed.lane(),
        failed.failedLanes(),
        false,
        now);
  }

  /** For a job whose answer is no result. */
  static DeadLetter of(
      Job job,
      ByteBuffer content,
      Failure failure,
      Work work,
      Answer answer,
      boolean repeat,
      Instant now) {
    return of(job, content, failure, work, answer.getLane(), answer.getFailedLanes(), repeat, now);
  }

  private static DeadLetter of(
      Job job,
      ByteBuffer content,
      Failure failure,
      Work work,
      String lane,
      List<String> failedLanes,
      boolean repeat,
      Instant now) {
    byte[] value = Payload.originalValue(job, content);
    LaneName last = LaneName.of(lane);
    Place place =
        job.getDestination()
            .map(DeadLetters::recorded)
            .orElseGet(() ->
                new Place(job.getSourceTopic(), job.getSourcePartition(), job.getSourceOffset()));
    return new DeadLetter(
        job.getId(),
        job.getTenant(),
        job.getModel(),
        failure.getCode(),
        failure.getKind(),
        failure.getMessage(),
        failure.getField().orElse(null),
        repeat,
        work.attempts(),
        work.possiblyBilledAttempts(),
        work.costPicoDollars(),
        last.region().isEmpty() ? null : last.modelId(),
        last.region().isEmpty() ? null : last.region(),
        Results.hex(job.getFingerprint()),
        place.topic(),
        place.partition(),
        place.offset(),
        job.getKey().orElse(null),
        ByteBuffer.wrap(value),
        (long) value.length,
        null,
        headers(job),
        job.getRequestedAt(),
        now,
        failedLanes);
  }

  /** Where the recorded request is that a run asks again. */
  private static Place recorded(Destination its) {
    return new Place(its.getSourceTopic(), its.getSourcePartition(), its.getSourceOffset());
  }

  /** The record's own, and what says of a replayed request where its result was wanted. */
  private static List<RecordHeader> headers(Job job) {
    List<RecordHeader> headers = new ArrayList<>(job.getHeaders());
    job.getDestination()
        .map(its -> ByteBuffer.wrap(its.getResults().getBytes(UTF_8)))
        .ifPresent(results -> headers.add(new RecordHeader(ReplayHeaders.RESULTS, results)));
    return headers;
  }

  /** The same without the request's value, of which length and hash remain. */
  static DeadLetter withoutValue(DeadLetter letter) {
    return slim(letter, letter.getOriginalKey().orElse(null), letter.getOriginalHeaders());
  }

  /** The same without anything of the request but where it is, and where its result was wanted. */
  static DeadLetter placeOnly(DeadLetter letter) {
    List<RecordHeader> kept =
        letter.getOriginalHeaders().stream()
            .filter(header -> header.getKey().equals(ReplayHeaders.RESULTS))
            .toList();
    return slim(letter, null, kept);
  }

  private static DeadLetter slim(
      DeadLetter letter, @Nullable ByteBuffer key, List<RecordHeader> headers) {
    return new DeadLetter(
        letter.getId(),
        letter.getTenant().orElse(null),
        letter.getModel().orElse(null),
        letter.getCode(),
        letter.getKind(),
        letter.getMessage(),
        letter.getField().orElse(null),
        letter.getRepeat(),
        letter.getAttempts(),
        letter.getPossiblyBilledAttempts(),
        letter.getSpentPicoDollars(),
        letter.getModelId().orElse(null),
        letter.getRegion().orElse(null),
        letter.getFingerprint().orElse(null),
        letter.getSourceTopic(),
        letter.getSourcePartition(),
        letter.getSourceOffset(),
        key,
        null,
        letter.getOriginalValueLength(),
        letter
            .getOriginalValue()
            .map(DeadLetters::sha256)
            .or(letter::getOriginalValueSha256)
            .orElse(null),
        headers,
        letter.getRequestedAt(),
        letter.getSettledAt(),
        letter.getFailedLanes());
  }

  private static String sha256(ByteBuffer value) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(value.duplicate());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
