/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import io.streambed.cli.settlement.Settlement;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.Quota;
import io.streambed.schemas.Operation;
import io.streambed.schemas.TokenUsage;
import io.streambed.schemas.state.Job;
import java.util.Optional;

/**
 * What a call is expected to take.
 *
 * @param known whether lengths of an earlier answer to the same request say so
 */
public record Forecast(long inputTokens, long outputTokens, boolean known) {

  /** Letters of English a token, about. */
  private static final double BYTES_A_TOKEN = 4;

  /**
   * Of a request.
   *
   * @param job as it will be asked
   * @param bytes size of the request as it will be asked
   * @param before size as it would be asked unchanged
   * @param earlier how the same request was answered before
   * @param means answers of the alias on average
   */
  static Forecast of(
      Job job,
      ModelAlias alias,
      int bytes,
      int before,
      Optional<Settlement> earlier,
      Earlier.Means means) {
    Optional<TokenUsage> usage = earlier.flatMap(Settlement::usage);
    int most = job.getMaxTokens() > 0 ? job.getMaxTokens() : alias.maxTokens();
    boolean text = job.getOperation() == Operation.EMBEDDING;
    if (usage.isPresent()) {
      return new Forecast(
          Math.max(1, input(usage.get()) + Math.round((bytes - before) / BYTES_A_TOKEN)),
          text ? 0 : Math.min(most, usage.get().getOutputTokens()),
          true);
    }
    double output = means.answers() == 0 ? most : Math.min(most, means.outputTokens());
    return new Forecast(Math.round(bytes / BYTES_A_TOKEN), text ? 0 : Math.round(output), false);
  }

  private static long input(TokenUsage usage) {
    return usage.getInputTokens()
        + usage.getCacheReadInputTokens()
        + usage.getCacheWriteInputTokens();
  }

  /** Tokens as a lane's quota counts them. */
  double quotaTokens(Quota quota) {
    return inputTokens + (double) quota.burndown() * outputTokens;
  }

  /** As a bill would name it: nothing comes from a prompt cache. */
  public TokenUsage usage() {
    return TokenUsage.newBuilder()
        .setInputTokens(inputTokens)
        .setOutputTokens(outputTokens)
        .build();
  }
}
