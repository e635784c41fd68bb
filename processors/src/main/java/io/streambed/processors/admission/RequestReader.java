/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.Operation;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.serdes.RecordDecoder;
import io.streambed.schemas.serdes.UnreadableRecordException;
import io.streambed.schemas.state.Failure;
import java.util.Objects;
import org.apache.avro.Schema;

/** Decodes requests. Safe for use by many threads. */
final class RequestReader {

  private final RecordDecoder<PromptRequest> prompts = new RecordDecoder<>(PromptRequest.class);
  private final RecordDecoder<EmbeddingRequest> texts = new RecordDecoder<>(EmbeddingRequest.class);

  /** What became of the bytes. */
  sealed interface Reading {

    /** They are a request. */
    record Read(Request request) implements Reading {}

    /** They are none. */
    record Unreadable(Failure failure) implements Reading {}
  }

  /**
   * Reads a value in the wire format.
   *
   * @param writer the schema of the value's schema id
   */
  Reading read(byte[] value, Schema writer, Operation operation) {
    String wanted = Request.schema(operation).getName();
    if (writer.getType() != Schema.Type.RECORD || !writer.getName().equals(wanted)) {
      return unreadable(
          "the value's schema is not of a record "
              + wanted
              + ", which is what this topic holds; publish to the topic of the other kind of"
              + " request, or with another schema");
    }
    try {
      return new Reading.Read(
          switch (operation) {
            case PROMPT -> new Request.Prompt(prompts.decode(value, writer));
            case EMBEDDING -> new Request.Text(texts.decode(value, writer));
            case UNKNOWN -> throw new IllegalArgumentException("operation UNKNOWN");
          });
    } catch (UnreadableRecordException e) {
      return unreadable(Objects.requireNonNullElse(e.getMessage(), "the value cannot be read"));
    } catch (StackOverflowError e) {
      return unreadable("the value is nested too deeply to be read; flatten it");
    }
  }

  private static Reading unreadable(String message) {
    return new Reading.Unreadable(Refusals.unreadable(message));
  }
}
