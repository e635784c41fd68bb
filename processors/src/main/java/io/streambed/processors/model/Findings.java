/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.processors.model.RequestRules.Violation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the first rule that was found broken. For one thread. */
final class Findings {

  private @Nullable Violation first;

  void require(boolean holds, String field, String otherwise) {
    if (!holds && first == null) {
      first = new Violation(field, otherwise);
    }
  }

  Optional<Violation> first() {
    return Optional.ofNullable(first);
  }
}
