/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.settlement;

import io.streambed.processors.job.LaneName;
import io.streambed.processors.job.Work;
import io.streambed.schemas.EmbeddingResult;
import io.streambed.schemas.Operation;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.ResultSource;
import io.streambed.schemas.state.Answer;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;

/** Makes results. Pure. */
public final class Results {

  private Results() {}

  /** The result of a job that has an answer; the answer is not a failure. */
  public static SpecificRecordBase of(
      Job job, Answer answer, ResultSource source, Work work, boolean repeat, Instant now) {
    return job.getOperation() == Operation.EMBEDDING
        ? embedding(job, answer, source, work, repeat, now)
        : prompt(job, answer, source, work, repeat, now);
  }

  private static PromptResult prompt(
      Job job, Answer answer, ResultSource source, Work work, boolean repeat, Instant now) {
    return new PromptResult(
        job.getId(),
        job.getTenant(),
        job.getModel(),
        source,
        repeat,
        answer.getContent().orElse(List.of()),
        answer.getStopReason().orElse(""),
        answer.getAdditionalModelResponseFields().orElse(null),
        answer.getUsage(),
        work.costPicoDollars(),
        answer.getModelId(),
        answer.getRegion(),
        answer.getAttemptId(),
        work.attempts(),
        work.possiblyBilledAttempts(),
        work.queueMillis(),
        answer.getModelMillis(),
        hex(job.getFingerprint()),
        job.getRequestedAt(),
        now,
        job.getMetadata(),
        answer.getFailedLanes(),
        LaneName.of(answer.getLane()).tier(),
        saved(answer, source, repeat),
        paid(source, repeat) ? answer.getPromptCacheSavingPicoDollars() : 0);
  }

  /** Whether the request paid for the call that made the answer. */
  private static boolean paid(ResultSource source, boolean repeat) {
    return source == ResultSource.MODEL && !repeat;
  }

  private static long saved(Answer answer, ResultSource source, boolean repeat) {
    return paid(source, repeat) ? 0 : answer.getCostPicoDollars();
  }

  private static EmbeddingResult embedding(
      Job job, Answer answer, ResultSource source, Work work, boolean repeat, Instant now) {
    return new EmbeddingResult(
        job.getId(),
        job.getTenant(),
        job.getModel(),
        source,
        repeat,
        answer.getEncoding(),
        answer.getVector().orElse(List.of()),
        answer.getPackedVector().orElseGet(() -> ByteBuffer.allocate(0)),
        answer.getDimensions(),
        answer.getUsage(),
        work.costPicoDollars(),
        answer.getModelId(),
        answer.getRegion(),
        answer.getAttemptId(),
        answer.getBatchSize(),
        work.attempts(),
        work.possiblyBilledAttempts(),
        work.queueMillis(),
        answer.getModelMillis(),
        hex(job.getFingerprint()),
        job.getRequestedAt(),
        now,
        job.getMetadata(),
        answer.getFailedLanes(),
        LaneName.of(answer.getLane()).tier(),
        saved(answer, source, repeat));
  }

  static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return HexFormat.of().formatHex(copy);
  }
}
