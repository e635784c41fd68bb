/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Reads the schema of a request, together with the schemas that it refers to. */
final class SchemaText {
  private final Subjects subjects;

  SchemaText(Subjects subjects) {
    this.subjects = subjects;
  }

  /** The schema; empty if it is none, or if a reference leads nowhere. */
  Optional<Schema> parse(JsonNode request) {
    if (!request.path("schema").isTextual()
        || !request.path("schemaType").asText("AVRO").equals("AVRO")) {
      return Optional.empty();
    }
    try {
      Schema.Parser parser = new Schema.Parser();
      if (!parseReferences(parser, request.path("references"), new HashSet<>())) {
        return Optional.empty();
      }
      return Optional.of(parser.parse(request.get("schema").asText()));
    } catch (AvroRuntimeException e) {
      // Its message can quote the schema; the answer tells the caller what matters.
      return Optional.empty();
    }
  }

  private boolean parseReferences(Schema.Parser parser, JsonNode references, Set<String> seen) {
    for (JsonNode reference : references) {
      Optional<Registered> target =
          subjects.version(
              reference.path("subject").asText(""), reference.path("version").asInt(-1));
      if (target.isEmpty() || !parseReferences(parser, target.get().references(), seen)) {
        return false;
      }
      if (seen.add(target.get().schema().getFullName())) {
        parser.parse(target.get().text());
      }
    }
    return true;
  }
}
