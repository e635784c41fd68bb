/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.request;

import io.streambed.connectors.avro.ContractSchemas;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.PromptRequest;
import java.util.Collections;
import java.util.Map;
import org.apache.avro.Schema;

/** What is asked for. */
enum RequestKind {
  PROMPT(PromptRequest.getClassSchema()),
  EMBEDDING(EmbeddingRequest.getClassSchema());

  private final Schema avro;
  private final org.apache.kafka.connect.data.Schema connect;
  private final Map<String, RequestField> fields;

  RequestKind(Schema avro) {
    this.avro = avro;
    this.connect = ContractSchemas.connect(avro);
    this.fields = Collections.unmodifiableMap(RequestField.of(avro, connect));
  }

  /** The contract's schema. */
  Schema avro() {
    return avro;
  }

  /** The same, as Connect knows it. */
  org.apache.kafka.connect.data.Schema connect() {
    return connect;
  }

  /** What settings can give, by name. */
  Map<String, RequestField> fields() {
    return fields;
  }
}
