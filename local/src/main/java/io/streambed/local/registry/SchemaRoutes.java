/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Everything under {@code /schemas} and {@code /compatibility}. */
final class SchemaRoutes {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Subjects subjects;
  private final Settings settings;
  private final SchemaText schemas;

  SchemaRoutes(Subjects subjects, Settings settings, SchemaText schemas) {
    this.subjects = subjects;
    this.settings = settings;
    this.schemas = schemas;
  }

  RegistryReply schemas(RegistryRequest request) {
    if (!request.method().equals("GET")) {
      return RegistryReply.error(405, "HTTP 405 Method Not Allowed");
    }
    if (request.part(1).equals("types") && request.parts() == 2) {
      return RegistryReply.ok(JSON.arrayNode().add("AVRO"));
    }
    if (!request.part(1).equals("ids")) {
      return RegistryReply.noPath();
    }
    String id = request.part(2);
    Optional<Registered> found =
        id.matches("\\d{1,9}") ? subjects.byId(Integer.parseInt(id)) : Optional.empty();
    return found
        .map(registered -> byId(registered, request.part(3)))
        .orElseGet(() -> RegistryReply.noSchema(id));
  }

  private RegistryReply byId(Registered found, String what) {
    return switch (what) {
      case "" -> {
        ObjectNode node = JSON.objectNode();
        if (!found.references().isEmpty()) {
          node.set("references", found.references());
        }
        yield RegistryReply.ok(node.put("schema", found.text()));
      }
      case "schema" -> RegistryReply.ok(TextNode.valueOf(found.text()));
      case "subjects" -> {
        ArrayNode names = JSON.arrayNode();
        subjects.uses(found.id()).forEach(use -> names.add(use.subject()));
        yield RegistryReply.ok(names);
      }
      case "versions" -> {
        ArrayNode uses = JSON.arrayNode();
        for (Registered use : subjects.uses(found.id())) {
          uses.addObject().put("subject", use.subject()).put("version", use.version());
        }
        yield RegistryReply.ok(uses);
      }
      default -> RegistryReply.noPath();
    };
  }

  /** {@code POST /compatibility/subjects/<subject>/versions[/<version>]}. */
  RegistryReply compatibility(RegistryRequest request) {
    boolean known =
        request.method().equals("POST")
            && request.part(1).equals("subjects")
            && request.part(3).equals("versions")
            && request.parts() <= 5;
    if (!known) {
      return RegistryReply.noPath();
    }
    Optional<Schema> proposed = schemas.parse(request.body());
    if (proposed.isEmpty()) {
      return RegistryReply.error(42201, "Invalid schema: it is not an Avro schema");
    }
    String subject = request.part(2);
    List<Schema> earlier;
    if (request.parts() == 5) {
      Optional<Registered> found = SubjectRoutes.find(subjects, subject, request.part(4));
      if (found.isEmpty()) {
        return SubjectRoutes.notFound(subjects, subject, request.part(4));
      }
      earlier = List.of(found.get().schema());
    } else {
      earlier = subjects.all(subject, false).stream().map(Registered::schema).toList();
    }
    List<String> objections = settings.effectiveLevel(subject).objections(proposed.get(), earlier);
    ObjectNode answer = JSON.objectNode().put("is_compatible", objections.isEmpty());
    if (request.flag("verbose")) {
      ArrayNode messages = answer.putArray("messages");
      objections.forEach(messages::add);
    }
    return RegistryReply.ok(answer);
  }
}
