/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import io.streambed.schemas.ReplayFilter;

/** Which requests of a range are meant. */
public record Filter(ReplayFilter given) {

  /** Whether a request is; as it was recorded, whatever is changed of it. */
  public boolean takes(Recorded recorded) {
    return given.getTenant().map(recorded.request().tenant()::equals).orElse(true)
        && given.getModel().map(recorded.request().model()::equals).orElse(true)
        && given.getIdPrefix().map(recorded.id()::startsWith).orElse(true)
        && recorded.request().metadata().entrySet().containsAll(given.getMetadata().entrySet());
  }
}
