/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.Operation;
import io.streambed.schemas.Priority;
import io.streambed.schemas.PromptRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** A decoded request of either kind. */
public sealed interface Request {

  /** A prompt to answer. */
  record Prompt(PromptRequest prompt) implements Request {
    @Override
    public PromptRequest value() {
      return prompt;
    }

    @Override
    public String toString() {
      return "Prompt[]";
    }
  }

  /** A text to embed. */
  record Text(EmbeddingRequest text) implements Request {
    @Override
    public EmbeddingRequest value() {
      return text;
    }

    @Override
    public String toString() {
      return "Text[]";
    }
  }

  /** The record itself. */
  SpecificRecordBase value();

  /** The schema of requests for an operation. */
  static Schema schema(Operation operation) {
    return switch (operation) {
      case PROMPT -> PromptRequest.getClassSchema();
      case EMBEDDING -> EmbeddingRequest.getClassSchema();
      case UNKNOWN -> throw new IllegalArgumentException("no requests are of operation UNKNOWN");
    };
  }

  /** What is asked. */
  default Operation operation() {
    return switch (this) {
      case Prompt p -> Operation.PROMPT;
      case Text t -> Operation.EMBEDDING;
    };
  }

  /** See the request's schema. */
  default Optional<String> id() {
    return switch (this) {
      case Prompt p -> p.prompt().getId();
      case Text t -> t.text().getId();
    };
  }

  /** See the request's schema. */
  default String tenant() {
    return switch (this) {
      case Prompt p -> p.prompt().getTenant();
      case Text t -> t.text().getTenant();
    };
  }

  /** See the request's schema. */
  default Priority priority() {
    return switch (this) {
      case Prompt p -> p.prompt().getPriority();
      case Text t -> t.text().getPriority();
    };
  }

  /** See the request's schema. */
  default Optional<Instant> deadline() {
    return switch (this) {
      case Prompt p -> p.prompt().getDeadline();
      case Text t -> t.text().getDeadline();
    };
  }

  /** See the request's schema. */
  default CachePolicy cachePolicy() {
    return switch (this) {
      case Prompt p -> p.prompt().getCachePolicy();
      case Text t -> t.text().getCachePolicy();
    };
  }

  /** See the request's schema. */
  default Map<String, String> metadata() {
    return switch (this) {
      case Prompt p -> p.prompt().getMetadata();
      case Text t -> t.text().getMetadata();
    };
  }

  /** See the request's schema. */
  default String model() {
    return switch (this) {
      case Prompt p -> p.prompt().getModel();
      case Text t -> t.text().getModel();
    };
  }
}
