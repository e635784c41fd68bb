/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import java.util.List;

/**
 * Whether a schema may become a subject's next version.
 *
 * @param reasons the registry's own words where it may not; some registries give none
 */
public record CompatibilityAnswer(boolean compatible, List<String> reasons) {
  public CompatibilityAnswer {
    reasons = List.copyOf(reasons);
  }
}
