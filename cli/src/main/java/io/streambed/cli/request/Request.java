/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.request;

import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.PromptRequest;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;

/** A request as it will be published. */
public sealed interface Request {

  /** Key of the record; absent means none. */
  Optional<String> key();

  /** Headers of the record, values in UTF-8. */
  Map<String, String> headers();

  /** The record's value. */
  SpecificRecordBase value();

  /** The id that the request itself gives. */
  Optional<String> id();

  /** On whose behalf. */
  String tenant();

  /**
   * A prompt.
   *
   * @param key key of the record
   * @param headers headers of the record
   * @param value the prompt
   */
  record Prompt(Optional<String> key, Map<String, String> headers, PromptRequest value)
      implements Request {
    @Override
    public Optional<String> id() {
      return value.getId();
    }

    @Override
    public String tenant() {
      return value.getTenant();
    }

    @Override
    public String toString() {
      return "Prompt[id=" + id().orElse("-") + "]";
    }
  }

  /**
   * A text to embed.
   *
   * @param key key of the record
   * @param headers headers of the record
   * @param value the text and its parameters
   */
  record Embedding(Optional<String> key, Map<String, String> headers, EmbeddingRequest value)
      implements Request {
    @Override
    public Optional<String> id() {
      return value.getId();
    }

    @Override
    public String tenant() {
      return value.getTenant();
    }

    @Override
    public String toString() {
      return "Embedding[id=" + id().orElse("-") + "]";
    }
  }
}
