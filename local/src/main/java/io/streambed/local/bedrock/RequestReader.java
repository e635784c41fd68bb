/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.local.bedrock.catalog.PriceList;
import io.streambed.local.bedrock.ledger.CallFacts;
import io.streambed.local.bedrock.wire.Json;
import io.streambed.local.bedrock.wire.Operation;
import io.streambed.local.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a request says beside its body. */
final class RequestReader {
  private static final String METADATA = "x-amzn-bedrock-request-metadata";
  private static final String TIER = "x-amzn-bedrock-service-tier";

  /** A signature names key, date, region, service and the word aws4_request. */
  private static final Pattern SCOPE =
      Pattern.compile("Credential=[^/]+/\\d{8}/([^/]+)/bedrock/aws4_request");

  private RequestReader() {}

  static CallFacts facts(
      Request request,
      ModelPath path,
      Optional<ObjectNode> body,
      Instant now,
      String defaultRegion) {
    return new CallFacts(
        now,
        path.operation(),
        path.modelId(),
        region(request).orElse(defaultRegion),
        tier(request, path.operation(), body).orElse(PriceList.DEFAULT_TIER),
        metadata(request, path.operation(), body),
        sha256(request.body()),
        request.body().length);
  }

  private static Optional<String> region(Request request) {
    return request
        .header("authorization")
        .map(SCOPE::matcher)
        .filter(Matcher::find)
        .map(match -> match.group(1));
  }

  /** Converse names its service tier in its body, InvokeModel in a header. */
  private static Optional<String> tier(
      Request request, Operation operation, Optional<ObjectNode> body) {
    return switch (operation) {
      case CONVERSE, CONVERSE_STREAM ->
          body.map(json -> json.path("serviceTier").path("type"))
              .filter(JsonNode::isTextual)
              .map(JsonNode::asText);
      case INVOKE_MODEL, COUNT_TOKENS -> request.header(TIER);
    };
  }

  /** Converse carries metadata in its body, InvokeModel in a header. */
  private static Map<String, String> metadata(
      Request request, Operation operation, Optional<ObjectNode> body) {
    Optional<JsonNode> node =
        switch (operation) {
          case CONVERSE, CONVERSE_STREAM -> body.map(json -> json.path("requestMetadata"));
          case INVOKE_MODEL, COUNT_TOKENS ->
              request
                  .header(METADATA)
                  .flatMap(text -> Json.parse(text.getBytes(StandardCharsets.UTF_8)));
        };
    Map<String, String> metadata = new HashMap<>();
    node.ifPresent(
        json -> json.properties().forEach(e -> metadata.put(e.getKey(), e.getValue().asText())));
    return metadata;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
