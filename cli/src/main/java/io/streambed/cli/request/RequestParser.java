/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.PromptRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line of a file of requests. A line with {@code text} is a text to embed, one with
 * {@code prompt} or {@code messages} a prompt; {@code key} and {@code headers} belong to the Kafka
 * record.
 */
public final class RequestParser {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  private final AvroFromJson builder;
  private final RequestDefaults defaults;

  /**
   * @param now what relative deadlines count from
   * @param defaults what a line gets where it does not say it itself
   */
  public RequestParser(Instant now, RequestDefaults defaults) {
    this.builder = new AvroFromJson(now);
    this.defaults = defaults;
  }

  /**
   * Reads a line.
   *
   * @throws BadFieldException if it is no JSON object or a field of it is wrong
   */
  public Request parse(String line) throws BadFieldException {
    try {
      return request(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      // The parser's own message quotes the input, which may be a part of a prompt.
      throw BadFieldException.at(
          "",
          "is not valid JSON at column %d (one JSON object on a line is expected)"
              .formatted(e.getLocation() == null ? 1 : e.getLocation().getColumnNr()));
    }
  }

  /**
   * Reads a parsed line.
   *
   * @throws BadFieldException if it is no object or a field of it is wrong
   */
  public Request request(JsonNode node) throws BadFieldException {
    if (!(node instanceof ObjectNode line)) {
      throw BadFieldException.at("", "must be a JSON object, is " + AvroFromJson.kind(node));
    }
    boolean prompt = line.has("prompt") || line.has("messages");
    if (prompt == line.has("text")) {
      throw BadFieldException.at(
          "",
          prompt
              ? "has both a prompt and `text`: say `prompt` or `messages` to ask a model, `text` to embed"
              : "has no `prompt`, `messages` (to ask a model) or `text` (to embed)");
    }
    Optional<String> key = key(line.remove("key"));
    Map<String, String> headers = headers(line.remove("headers"));
    Schema schema = prompt ? PromptRequest.getClassSchema() : EmbeddingRequest.getClassSchema();
    fill(line, schema);
    if (!line.has("model")) {
      line.put("model", prompt ? defaults.promptModel() : defaults.textModel());
    }
    if (prompt) {
      Shorthand.expand(line);
      return new Request.Prompt(key, headers, (PromptRequest) builder.build(schema, line, ""));
    }
    return new Request.Embedding(key, headers, (EmbeddingRequest) builder.build(schema, line, ""));
  }

  private void fill(ObjectNode line, Schema schema) {
    defaults
        .fields()
        .forEach((field, value) -> {
          if (!line.has(field) && schema.getField(field) != null) {
            line.set(field, value);
          }
        });
  }

  private static Optional<String> key(@Nullable JsonNode node) throws BadFieldException {
    if (node == null || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isTextual()) {
      throw BadFieldException.at("key", "must be a text, is " + AvroFromJson.kind(node));
    }
    return Optional.of(node.textValue());
  }

  private static Map<String, String> headers(@Nullable JsonNode node) throws BadFieldException {
    if (node == null) {
      return Map.of();
    }
    if (!node.isObject()) {
      throw BadFieldException.at("headers", "must be an object of texts");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> header : node.properties()) {
      if (!header.getValue().isTextual()) {
        throw BadFieldException.at("headers." + header.getKey(), "must be a text");
      }
      headers.put(header.getKey(), header.getValue().textValue());
    }
    return headers;
  }
}
