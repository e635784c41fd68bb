/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.registry;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.avro.Schema;

/**
 * One version of a subject.
 *
 * @param subject the subject
 * @param version from 1
 * @param id the schema's id, the same in every subject
 * @param schema the schema
 * @param references named schemas that it builds on, as they were registered
 * @param deleted whether it was deleted, which hides it but keeps its id readable
 */
record Registered(
    String subject, int version, int id, Schema schema, JsonNode references, boolean deleted) {

  Registered asDeleted() {
    return new Registered(subject, version, id, schema, references, true);
  }

  String text() {
    return schema.toString();
  }
}
