/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The registry itself, without HTTP. Requests take turns. */
final class RegistryRoutes {
  private final SubjectRoutes subjectRoutes;
  private final SchemaRoutes schemaRoutes;
  private final SettingRoutes settingRoutes;

  RegistryRoutes() {
    Subjects subjects = new Subjects();
    Settings settings = new Settings();
    SchemaText schemas = new SchemaText(subjects);
    this.subjectRoutes = new SubjectRoutes(subjects, settings, schemas);
    this.schemaRoutes = new SchemaRoutes(subjects, settings, schemas);
    this.settingRoutes = new SettingRoutes(settings);
  }

  synchronized RegistryReply handle(RegistryRequest request) {
    return switch (request.part(0)) {
      case "" -> RegistryReply.ok(JsonNodeFactory.instance.objectNode());
      case "subjects" -> subjectRoutes.handle(request);
      case "schemas" -> schemaRoutes.schemas(request);
      case "compatibility" -> schemaRoutes.compatibility(request);
      case "config" -> settingRoutes.config(request);
      case "mode" -> settingRoutes.mode(request);
      case "contexts" -> RegistryReply.ok(JsonNodeFactory.instance.arrayNode().add("."));
      default -> RegistryReply.noPath();
    };
  }
}
