/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import io.streambed.cli.settlement.Settlement;
import io.streambed.processors.admission.Request;
import io.streambed.schemas.EmbeddingResult;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.ResultSource;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecordBase;

/** An answer that is known, as the result of another request. Pure. */
public final class CopiedAnswer {

  private CopiedAnswer() {}

  /** The result: as the platform writes one that its cache has served. */
  public static SpecificRecordBase of(Verdict.Known known, Instant now) {
    return switch (known.answer()) {
      case Settlement.Answered answered -> of(answered.value(), known, now);
      case Settlement.Embedded embedded -> of(embedded.value(), known, now);
      case Settlement.Dead dead -> throw new IllegalArgumentException("a dead letter is no answer");
    };
  }

  private static PromptResult of(PromptResult result, Verdict.Known known, Instant now) {
    Request request = known.request();
    return PromptResult.newBuilder(result)
        .setId(known.recorded().id())
        .setTenant(request.tenant())
        .setModel(request.model())
        .setSource(ResultSource.CACHE)
        .setRepeat(false)
        .setSavedPicoDollars(cost(result.getCostPicoDollars(), result.getSavedPicoDollars()))
        .setCostPicoDollars(0)
        .setPromptCacheSavingPicoDollars(0)
        .setAttempts(0)
        .setPossiblyBilledAttempts(0)
        .setQueueMillis(0)
        .setRequestedAt(known.recorded().timestamp())
        .setSettledAt(now)
        .setMetadata(request.metadata())
        .build();
  }

  private static EmbeddingResult of(EmbeddingResult result, Verdict.Known known, Instant now) {
    Request request = known.request();
    return EmbeddingResult.newBuilder(result)
        .setId(known.recorded().id())
        .setTenant(request.tenant())
        .setModel(request.model())
        .setSource(ResultSource.CACHE)
        .setRepeat(false)
        .setSavedPicoDollars(cost(result.getCostPicoDollars(), result.getSavedPicoDollars()))
        .setCostPicoDollars(0)
        .setAttempts(0)
        .setPossiblyBilledAttempts(0)
        .setQueueMillis(0)
        .setRequestedAt(known.recorded().timestamp())
        .setSettledAt(now)
        .setMetadata(request.metadata())
        .build();
  }

  /** What the call cost that made the answer, whoever paid for it. */
  private static long cost(long paid, long saved) {
    return paid > 0 ? paid : saved;
  }
}
