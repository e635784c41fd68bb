/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;

/** What one HTTP answer of a registry means. */
sealed interface Reply {

  /** It did what it was asked. */
  record Done(JsonNode body) implements Reply {}

  /** Another try, there or elsewhere, may go better. */
  record Again(String reason) implements Reply {}

  /** Another try would go the same way. */
  record Failed(RegistryException failure) implements Reply {}
}
