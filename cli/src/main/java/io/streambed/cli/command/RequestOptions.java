/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.streambed.cli.request.RequestDefaults;
import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.Priority;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What a request may say whatever it asks for. For a file, what its lines do not say themselves.
 */
final class RequestOptions {
  @Option(
      names = "--model",
      paramLabel = "ALIAS",
      description = "Alias of a configured model. Default: `default`, for texts `titan-embed`.")
  private @Nullable String model;

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description = "On whose behalf. Answers never cross tenants. Default: `default`.")
  private @Nullable String tenant;

  @Option(
      names = "--priority",
      paramLabel = "WORD",
      description = "INTERACTIVE, STANDARD or BACKGROUND. Default: STANDARD.")
  private @Nullable Priority priority;

  @Option(
      names = "--cache-policy",
      paramLabel = "WORD",
      description = "USE an earlier answer, REFRESH it, or BYPASS the cache. Default: USE.")
  private @Nullable CachePolicy cachePolicy;

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      description =
          "When an answer is of no use any more: 30s, 5m, 2h from now, or 2026-11-20T12:00:00Z.")
  private @Nullable String deadline;

  /**
   * What was given, for lines that do not say it themselves.
   *
   * @param more further fields
   */
  RequestDefaults defaults(Map<String, JsonNode> more) {
    Map<String, JsonNode> fields = new LinkedHashMap<>(more);
    put(fields, "tenant", tenant);
    put(fields, "priority", priority);
    put(fields, "cachePolicy", cachePolicy);
    put(fields, "deadline", deadline);
    return new RequestDefaults(
        fields,
        model == null ? RequestDefaults.PROMPT_MODEL : model,
        model == null ? RequestDefaults.TEXT_MODEL : model);
  }

  private static void put(Map<String, JsonNode> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, TextNode.valueOf(value.toString()));
    }
  }
}
