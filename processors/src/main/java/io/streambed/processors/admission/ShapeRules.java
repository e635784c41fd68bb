/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Role;
import io.streambed.schemas.state.Failure;
import java.util.Optional;

/** What makes a request one at all, whatever the model. */
final class ShapeRules {

  private static final FieldWalk FIELDS = new FieldWalk(FieldRules::check);

  /** The Converse operation's own limit. */
  private static final int MOST_RESPONSE_PATHS = 10;

  private ShapeRules() {}

  /** The first rule that is broken. */
  static Optional<Failure> check(Request request) {
    Optional<Failure> whole =
        switch (request) {
          case Request.Prompt p -> prompt(p.prompt());
          case Request.Text t -> text(t.text());
        };
    return whole.or(() -> FIELDS.first(request.value()));
  }

  private static Optional<Failure> prompt(PromptRequest prompt) {
    if (prompt.getMessages().isEmpty()) {
      return invalid("messages", "is empty; give at least one message");
    }
    Role first = prompt.getMessages().getFirst().getRole();
    if (first == Role.ASSISTANT) {
      return invalid("messages[0].role", "must be USER; begin the conversation with a user's turn");
    }
    if (prompt.getAdditionalResponsePaths().size() > MOST_RESPONSE_PATHS) {
      return invalid("additionalResponsePaths", "has more than 10 paths; give 10 at most");
    }
    return Optional.empty();
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
