/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * What a caller gets.
 *
 * @param status HTTP status
 * @param body the body
 */
record RegistryReply(int status, JsonNode body) {

  static RegistryReply ok(JsonNode body) {
    return new RegistryReply(200, body);
  }

  static RegistryReply ok(int number) {
    return ok(JsonNodeFactory.instance.numberNode(number));
  }

  /** The first three digits of an error's code are its status. */
  static RegistryReply error(int code, String message) {
    int status = code < 1000 ? code : code / 100;
    return new RegistryReply(
        status,
        JsonNodeFactory.instance.objectNode().put("error_code", code).put("message", message));
  }

  static RegistryReply noSubject(String subject) {
    return error(40401, "Subject '" + subject + "' not found.");
  }

  static RegistryReply noVersion(String version) {
    return error(40402, "Version " + version + " not found.");
  }

  static RegistryReply noSchema(String id) {
    return error(40403, "Schema " + id + " not found");
  }

  static RegistryReply noPath() {
    return error(404, "HTTP 404 Not Found");
  }
}
