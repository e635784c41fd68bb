/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.processors.model.ModelAlias;
import java.util.Optional;

/**
 * What a model's interface demands of a request, as far as the request alone shows it: so that what
 * would be refused is told to the caller before anything is spent. Safe for use by many threads.
 */
@FunctionalInterface
public interface ModelRules {

  /**
   * A rule that a request breaks.
   *
   * @param field path of the field at fault, such as {@code messages[0].content[1].image.format}
   * @param message what is wrong and how to put it right; holds nothing of the request's content
   */
  record Violation(String field, String message) {}

  /** The first rule that a request breaks, if any. */
  Optional<Violation> check(Request request, ModelAlias alias);
}
