/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.PromptRequest;
import java.util.Optional;

/**
 * What Bedrock demands of a request, as far as the request alone shows it, so that the caller is
 * told before anything is spent. Rules of single models are left to the models. Whatever passes can
 * be put into the provider's form. Pure.
 */
public final class RequestRules {

  private RequestRules() {}

  /**
   * A rule that a request breaks.
   *
   * @param field path of the field at fault, such as {@code messages[0].content[1].image.format}
   * @param message what is wrong with it and how to put it right; holds nothing of the request
   */
  public record Violation(String field, String message) {}

  /** The first rule that a prompt breaks. */
  public static Optional<Violation> check(PromptRequest prompt) {
    Findings findings = new Findings();
    ContentRules.check(prompt, findings);
    ParameterRules.check(prompt, findings);
    CachePointRules.check(prompt, findings);
    return findings.first();
  }

  /**
   * The first rule that a text breaks.
   *
   * @param modelId the model that will be asked; one of no known family has no rules
   */
  public static Optional<Violation> check(EmbeddingRequest text, String modelId) {
    Findings findings = new Findings();
    EmbeddingFamily.of(modelId).ifPresent(family -> TextRules.check(text, family, findings));
    return findings.first();
  }
}
