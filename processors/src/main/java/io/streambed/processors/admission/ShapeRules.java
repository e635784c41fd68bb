/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.RequestRules;
import io.streambed.processors.model.RequestRules.Violation;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Role;
import io.streambed.schemas.state.Failure;
import java.util.Optional;

/** What makes a request one that can be asked of a model. */
final class ShapeRules {

  private ShapeRules() {}

  /**
   * The first rule that is broken.
   *
   * @param alias the request's model
   */
  static Optional<Failure> check(Request request, ModelAlias alias) {
    return UnknownSymbols.in(request.value())
        .or(() ->
            violation(request, alias)
                .map(broken -> Refusals.invalid(broken.field(), broken.message())));
  }

  private static Optional<Violation> violation(Request request, ModelAlias alias) {
    return switch (request) {
      case Request.Prompt p -> prompt(p.prompt()).or(() -> RequestRules.check(p.prompt()));
      case Request.Text t ->
          text(t.text()).or(() -> RequestRules.check(t.text(), alias.lane().modelId()));
    };
  }

  private static Optional<Violation> prompt(PromptRequest prompt) {
    boolean begins =
        prompt.getMessages().isEmpty() || prompt.getMessages().getFirst().getRole() == Role.USER;
    return begins
        ? Optional.empty()
        : violation("messages[0].role", "must be USER; begin the conversation with a user's turn");
  }

  private static Optional<Violation> text(EmbeddingRequest request) {
    if (request.getText().isBlank()) {
      return violation("text", "is blank; give a text to embed");
    }
    return request.getDimensions().filter(n -> n < 1).isPresent()
        ? violation("dimensions", "is less than 1; leave it out for the model's default")
        : Optional.empty();
  }

  private static Optional<Violation> violation(String field, String message) {
    return Optional.of(new Violation(field, message));
  }
}
