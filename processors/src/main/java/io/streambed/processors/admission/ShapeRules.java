/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.Message;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Role;
import io.streambed.schemas.state.Failure;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/** What makes a request one at all, whatever the model. */
final class ShapeRules {

  private ShapeRules() {}

  /** The first rule that is broken. */
  static Optional<Failure> check(Request request) {
    return UnknownSymbols.in(request.value())
        .or(() ->
            switch (request) {
              case Request.Prompt p -> prompt(p.prompt());
              case Request.Text t -> text(t.text());
            });
  }

  private static Optional<Failure> prompt(PromptRequest prompt) {
    List<Message> messages = prompt.getMessages();
    if (messages.isEmpty()) {
      return invalid("messages", "is empty; give at least one message");
    }
    if (messages.getFirst().getRole() != Role.USER) {
      return invalid("messages[0].role", "must be USER; begin the conversation with a user's turn");
    }
    for (int i = 0; i < messages.size(); i++) {
      String path = "messages[" + i + "].content";
      if (messages.get(i).getContent().isEmpty()) {
        return invalid(path, "is empty; give at least one block or leave the message out");
      }
      Optional<Failure> block = oneKindEach(messages.get(i).getContent(), path);
      if (block.isPresent()) {
        return block;
      }
    }
    return oneKindEach(prompt.getSystem(), "system");
  }

  private static Optional<Failure> oneKindEach(List<? extends IndexedRecord> blocks, String path) {
    for (int i = 0; i < blocks.size(); i++) {
      long kinds = kinds(blocks.get(i));
      if (kinds != 1) {
        return invalid(
            path + "[" + i + "]",
            kinds == 0
                ? "has no kind that this version knows; set exactly one field"
                : "is of several kinds; set exactly one field");
      }
    }
    return Optional.empty();
  }

  private static long kinds(IndexedRecord block) {
    return block.getSchema().getFields().stream().filter(f -> block.get(f.pos()) != null).count();
  }

  private static Optional<Failure> text(EmbeddingRequest request) {
    if (request.getText().isBlank()) {
      return invalid("text", "is empty; give the text to embed");
    }
    if (request.getDimensions().filter(n -> n < 1).isPresent()) {
      return invalid("dimensions", "is less than 1; leave it out for the model's default");
    }
    return Optional.empty();
  }

  private static Optional<Failure> invalid(String field, String message) {
    return Optional.of(Refusals.invalid(field, message));
  }
}
