/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

/** The registry is sure that it has no such schema id, subject or version. */
public final class SchemaNotFoundException extends RegistryException {
  SchemaNotFoundException(String message) {
    super(message, null);
  }
}
