/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.streambed.schemas.registry.RegistryHttp.Question;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Makes schemas of the registry's answers, and fetches the other schemas that one refers to. */
final class SchemaTexts {

  /** A cycle or a mistake, not a schema. */
  private static final int MOST_REFERENCES = 200;

  private final RegistryHttp http;

  SchemaTexts(RegistryHttp http) {
    this.http = http;
  }

  /**
   * @param answer of the registry, with {@code schema} and perhaps {@code references}
   * @param name of the schema in error messages
   */
  CompletableFuture<Schema> schema(JsonNode answer, String name) {
    String type = answer.path("schemaType").asText("AVRO");
    if (!"AVRO".equals(type)) {
      return CompletableFuture.failedFuture(
          new InvalidSchemaException(
              name + " is of type " + type + "; Streambed reads and writes Avro only"));
    }
    Map<String, String> texts = new LinkedHashMap<>();
    return collect(answer, "", texts, name).thenApply(done -> parsed(texts, name));
  }

  static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Puts the texts into the map so that each comes behind those that it refers to. */
  private CompletableFuture<Void> collect(
      JsonNode answer, String place, Map<String, String> texts, String name) {
    CompletableFuture<Void> before = CompletableFuture.completedFuture(null);
    for (JsonNode reference : answer.path("references")) {
      String there =
          "/subjects/"
              + encoded(reference.path("subject").asText())
              + "/versions/"
              + reference.path("version").asInt();
      before = before.thenCompose(done -> referred(there, texts, name));
    }
    return before.thenAccept(done -> texts.put(place, answer.path("schema").asText()));
  }

  private CompletableFuture<Void> referred(String place, Map<String, String> texts, String name) {
    if (texts.containsKey(place)) {
      return CompletableFuture.completedFuture(null);
    }
    if (texts.size() >= MOST_REFERENCES) {
      return CompletableFuture.failedFuture(
          new InvalidSchemaException(name + " refers to more than " + MOST_REFERENCES + " others"));
    }
    return http.ask(new Question("GET", place, null, "a schema that " + name + " refers to"))
        .thenCompose(answer -> collect(answer, place, texts, name));
  }

  private static Schema parsed(Map<String, String> texts, String name) {
    try {
      // A writer's defaults decide nothing, and old ones may be wrong.
      Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
      Schema last = null;
      for (String text : texts.values()) {
        last = parser.parse(text);
      }
      if (last == null) {
        throw new InvalidSchemaException(name + " is empty");
      }
      return last;
    } catch (AvroRuntimeException e) {
      throw new InvalidSchemaException(name + " is no Avro schema");
    }
  }
}
