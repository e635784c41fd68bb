/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.streambed.processors.answers.AnswerStore;
import io.streambed.processors.job.UnknownStateException;
import io.streambed.processors.job.Work;
import io.streambed.processors.settlement.Results;
import io.streambed.schemas.ResultSource;
import io.streambed.schemas.state.Answer;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * The platform's store of answers, as its changelog tells of it to who is no part of the platform.
 * Pure.
 */
public final class StoredAnswers {

  private StoredAnswers() {}

  /** Name of the changelog's topic. */
  public static String topic(String applicationId) {
    return applicationId + "-" + AnswerStore.NAME + "-changelog";
  }

  /**
   * Of which fingerprint a record is the answer that may serve others; empty where it is about
   * something else. A record without a value says that there is none any more.
   */
  public static Optional<ByteBuffer> fingerprint(byte[] key) {
    return AnswerStore.servedBy(key);
  }

  /**
   * What a job would be given by the platform if it found the answer now; empty where it may serve
   * no more, where the model had refused the request, or where a newer platform has written it in a
   * way that this one does not know.
   *
   * @param value of the record
   */
  public static Optional<SpecificRecordBase> result(Job job, byte[] value, Instant now) {
    try {
      Answer answer = AnswerStore.decode(value);
      boolean serves =
          answer.getFailure().isEmpty()
              && answer.getReusableUntil().filter(now::isBefore).isPresent();
      return serves
          ? Optional.of(Results.of(job, answer, ResultSource.CACHE, Work.none(0), false, now))
          : Optional.empty();
    } catch (UnknownStateException e) {
      return Optional.empty();
    }
  }
}
