/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * No registry could be reached, or none gave an answer of the protocol, and the retries are used
 * up. Nothing is known about the schema: ask again later.
 */
public final class RegistryUnavailableException extends RegistryException {
  RegistryUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** A client has not ended a question in the time in which it always should. */
  public static RegistryUnavailableException after(Duration patience) {
    return new RegistryUnavailableException(
        "neither answer nor failure of the schema registry in "
            + patience.toMillis()
            + " ms, which is longer than all retries take; look with a thread dump at what keeps"
            + " this JVM's threads from running",
        null);
  }
}
