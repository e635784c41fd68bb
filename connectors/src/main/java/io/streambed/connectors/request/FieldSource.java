/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.request;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Where a field comes from.
 *
 * @param pointer to it in the value
 * @param constant what it is where the pointer finds nothing, or where there is none
 */
record FieldSource(Optional<JsonPointer> pointer, Optional<JsonNode> constant) {

  /** The field in a value; nothing if it is not there, or null. */
  Optional<JsonNode> find(JsonNode value) {
    return pointer.flatMap(one -> at(value, one)).or(() -> constant);
  }

  /** What is at a pointer; nothing if nothing is, or null. */
  static Optional<JsonNode> at(JsonNode value, JsonPointer pointer) {
    JsonNode found = value.at(pointer);
    return found.isMissingNode() || found.isNull() ? Optional.empty() : Optional.of(found);
  }

  /** For messages: the pointer is a setting, not content. */
  String place() {
    return pointer.map(one -> "'" + one + "'").orElse("any pointer");
  }
}
