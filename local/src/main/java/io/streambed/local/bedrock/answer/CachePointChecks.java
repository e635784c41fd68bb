/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.streambed.local.bedrock.catalog.ModelSpec;
import io.streambed.local.bedrock.wire.Answer;
import io.streambed.local.bedrock.wire.ErrorType;
import java.util.List;
import java.util.Optional;

/** Refuses cache points that the model does not take. The texts but the first are our own. */
final class CachePointChecks {
  private static final int MOST = 4;

  private CachePointChecks() {}

  static Optional<Answer.Refusal> check(ModelSpec model, JsonNode body) {
    List<String> ttls = PromptPieces.points(body);
    if (ttls.isEmpty()) {
      return Optional.empty();
    }
    if (!model.caching().exists()) {
      return Optional.of(
          new Answer.Refusal(
              ErrorType.ACCESS_DENIED,
              "You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information."));
    }
    if (ttls.size() > MOST) {
      return refuse("A request can have at most %d cache points.".formatted(MOST));
    }
    boolean hour = true;
    for (String ttl : ttls) {
      if (!ttl.equals("5m") && !ttl.equals("1h")) {
        return refuse("The ttl of a cache point must be 5m or 1h.");
      }
      if (ttl.equals("1h") && !hour) {
        return refuse("A cache point of 1h must not come after one of 5m.");
      }
      hour = ttl.equals("1h");
      if (hour && !model.caching().hour()) {
        return refuse("This model does not support a ttl of 1h.");
      }
    }
    boolean behindTools = false;
    for (JsonNode tool : body.path("toolConfig").path("tools")) {
      behindTools |= tool.has("cachePoint");
    }
    return behindTools && !model.caching().tools()
        ? refuse("This model does not support a cache point behind tools.")
        : Optional.empty();
  }

  private static Optional<Answer.Refusal> refuse(String message) {
    return Optional.of(Answer.Refusal.invalid(message));
  }
}
