/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.ModelResult;
import io.streambed.processors.model.ModelResult.Failed;
import io.streambed.processors.model.ModelResult.PromptAnswered;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.CacheTTL;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceTier;

/**
 * What Converse answered, as a result.
 *
 * <p>A block of a kind that our records cannot hold keeps its place as a block without a field,
 * which by the contract says just that. An answer made of nothing else is malformed, as is one
 * without a message, a stop reason or its tokens. An empty message is an answer: a model may have
 * nothing to add.
 */
final class ConverseAnswers {

  private ConverseAnswers() {}

  static ModelResult of(ConverseResponse response) {
    TokenUsage usage = usage(response.usage());
    Optional<String> tier =
        Optional.ofNullable(response.serviceTier()).map(ServiceTier::typeAsString);
    if (response.output() == null || response.output().message() == null) {
      return malformed("it has no message", usage, tier);
    }
    if (response.stopReasonAsString() == null) {
      return malformed("it has no stop reason", usage, tier);
    }
    if (response.usage() == null) {
      return malformed("it does not say how many tokens it took", usage, tier);
    }
    List<ContentBlock> content = new ArrayList<>();
    int known = 0;
    for (var block : response.output().message().content()) {
      Optional<ContentBlock> mapped = IncomingContent.block(block);
      known += mapped.isPresent() ? 1 : 0;
      content.add(mapped.orElseGet(() -> ContentBlock.newBuilder().build()));
    }
    if (known == 0 && !content.isEmpty()) {
      return malformed("all its content is of kinds that are not known here", usage, tier);
    }
    return new PromptAnswered(
        content,
        response.stopReasonAsString(),
        additionalFields(response.additionalModelResponseFields()),
        usage,
        tier);
  }

  private static Optional<String> additionalFields(@Nullable Document fields) {
    return fields == null || fields.isNull()
        ? Optional.empty()
        : Optional.of(JsonDocuments.print(fields));
  }

  private static TokenUsage usage(
      software.amazon.awssdk.services.bedrockruntime.model.@Nullable TokenUsage usage) {
    return usage == null
        ? new TokenUsage(0L, 0L, 0L, 0L, 0L)
        : new TokenUsage(
            count(usage.inputTokens()),
            count(usage.outputTokens()),
            count(usage.cacheReadInputTokens()),
            count(usage.cacheWriteInputTokens()),
            hour(usage));
  }

  private static long hour(software.amazon.awssdk.services.bedrockruntime.model.TokenUsage usage) {
    return usage.cacheDetails().stream()
        .filter(detail -> detail.ttl() == CacheTTL.VALUE_1_H)
        .mapToLong(detail -> count(detail.inputTokens()))
        .sum();
  }

  private static long count(@Nullable Integer tokens) {
    return tokens == null ? 0 : tokens;
  }

  private static Failed malformed(String why, TokenUsage usage, Optional<String> tier) {
    return new Failed(
        CallFailure.MALFORMED_ANSWER,
        "the model's answer could not be understood: " + why,
        Optional.empty(),
        usage,
        tier);
  }
}
