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

/** Everything under {@code /subjects}. */
final class SubjectRoutes {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final RegistryReply INVALID_SCHEMA =
      RegistryReply.error(
          42201,
          "Invalid schema: it is not an Avro schema, or it refers to one that is not registered");

  private final Subjects subjects;
  private final Settings settings;
  private final SchemaText schemas;

  SubjectRoutes(Subjects subjects, Settings settings, SchemaText schemas) {
    this.subjects = subjects;
    this.settings = settings;
    this.schemas = schemas;
  }

  RegistryReply handle(RegistryRequest request) {
    String subject = request.part(1);
    return switch (request.method() + " " + request.parts()) {
      case "GET 1" -> names(request);
      case "POST 2" -> lookUp(subject, request);
      case "DELETE 2" -> deleteSubject(subject, request.flag("permanent"));
      case "GET 3" -> versions(subject, request.flag("deleted"));
      case "POST 3" -> register(subject, request);
      case "GET 4", "GET 5" -> version(subject, request);
      case "DELETE 4" -> deleteVersion(subject, request);
      default -> RegistryReply.error(405, "HTTP 405 Method Not Allowed");
    };
  }

  /** Finds a version by number, or the newest by {@code latest} or {@code -1}. */
  static Optional<Registered> find(Subjects subjects, String subject, String version) {
    if (version.equals("latest") || version.equals("-1")) {
      return subjects.latest(subject);
    }
    return version.matches("\\d{1,9}")
        ? subjects.version(subject, Integer.parseInt(version))
        : Optional.empty();
  }

  /** Why a version was not found. */
  static RegistryReply notFound(Subjects subjects, String subject, String version) {
    if (subjects.all(subject, false).isEmpty()) {
      return RegistryReply.noSubject(subject);
    }
    return version.matches("[1-9]\\d{0,8}|latest|-1")
        ? RegistryReply.noVersion(version)
        : RegistryReply.error(
            42202,
            "The specified version '"
                + version
                + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the"
                + " string \"latest\"");
  }

  private RegistryReply names(RegistryRequest request) {
    String prefix = request.query().getOrDefault("subjectPrefix", "");
    ArrayNode names = JSON.arrayNode();
    subjects.names(request.flag("deleted")).stream()
        .filter(name -> name.startsWith(prefix))
        .forEach(names::add);
    return RegistryReply.ok(names);
  }

  private RegistryReply versions(String subject, boolean withDeleted) {
    List<Registered> all = subjects.all(subject, withDeleted);
    if (all.isEmpty()) {
      return RegistryReply.noSubject(subject);
    }
    ArrayNode numbers = JSON.arrayNode();
    all.forEach(one -> numbers.add(one.version()));
    return RegistryReply.ok(numbers);
  }

  private RegistryReply version(String subject, RegistryRequest request) {
    Optional<Registered> found = find(subjects, subject, request.part(3));
    if (found.isEmpty()) {
      return notFound(subjects, subject, request.part(3));
    }
    return switch (request.part(4)) {
      case "" -> RegistryReply.ok(described(found.get()));
      case "schema" -> RegistryReply.ok(TextNode.valueOf(found.get().text()));
      default -> RegistryReply.noPath();
    };
  }

  private RegistryReply register(String subject, RegistryRequest request) {
    if (settings.isReadOnly(subject)) {
      return RegistryReply.error(42205, "Subject " + subject + " is in read-only mode");
    }
    Optional<Schema> schema = schemas.parse(request.body());
    if (schema.isEmpty()) {
      return INVALID_SCHEMA;
    }
    Optional<Registered> same = subjects.same(subject, schema.get(), false);
    if (same.isPresent()) {
      return RegistryReply.ok(JSON.objectNode().put("id", same.get().id()));
    }
    Compatibility level = settings.effectiveLevel(subject);
    List<Schema> earlier = subjects.all(subject, false).stream().map(Registered::schema).toList();
    List<String> objections = level.objections(schema.get(), earlier);
    if (!objections.isEmpty()) {
      return RegistryReply.error(
          409,
          "Schema being registered is incompatible with an earlier schema for subject \""
              + subject
              + "\", level "
              + level
              + ": "
              + String.join("; ", objections));
    }
    Registered added = subjects.add(subject, schema.get(), request.body().path("references"));
    return RegistryReply.ok(JSON.objectNode().put("id", added.id()));
  }

  private RegistryReply lookUp(String subject, RegistryRequest request) {
    if (subjects.all(subject, request.flag("deleted")).isEmpty()) {
      return RegistryReply.noSubject(subject);
    }
    Optional<Schema> schema = schemas.parse(request.body());
    if (schema.isEmpty()) {
      return INVALID_SCHEMA;
    }
    return subjects
        .same(subject, schema.get(), request.flag("deleted"))
        .map(found -> RegistryReply.ok(described(found)))
        .orElseGet(() -> RegistryReply.error(40403, "Schema not found"));
  }

  private RegistryReply deleteSubject(String subject, boolean permanent) {
    List<Registered> all = subjects.all(subject, permanent);
    if (all.isEmpty()) {
      return RegistryReply.noSubject(subject);
    }
    if (permanent && all.stream().anyMatch(one -> !one.deleted())) {
      return RegistryReply.error(
          40405,
          "Subject '" + subject + "' was not deleted first before being permanently deleted");
    }
    ArrayNode gone = JSON.arrayNode();
    for (Registered one : all) {
      subjects.delete(one, permanent);
      gone.add(one.version());
    }
    return RegistryReply.ok(gone);
  }

  private RegistryReply deleteVersion(String subject, RegistryRequest request) {
    boolean permanent = request.flag("permanent");
    Optional<Registered> found =
        permanent
            ? subjects.all(subject, true).stream()
                .filter(one -> one.deleted() && request.part(3).equals("" + one.version()))
                .findFirst()
            : find(subjects, subject, request.part(3));
    if (found.isEmpty()) {
      return notFound(subjects, subject, request.part(3));
    }
    subjects.delete(found.get(), permanent);
    return RegistryReply.ok(found.get().version());
  }

  private static ObjectNode described(Registered one) {
    ObjectNode node =
        JSON.objectNode()
            .put("subject", one.subject())
            .put("version", one.version())
            .put("id", one.id());
    if (!one.references().isEmpty()) {
      node.set("references", one.references());
    }
    return node.put("schema", one.text());
  }
}
