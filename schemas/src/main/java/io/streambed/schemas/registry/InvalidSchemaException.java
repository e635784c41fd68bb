/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

/** A schema is not a valid Avro schema, in the registry's eyes or in ours. */
public final class InvalidSchemaException extends RegistryException {
  InvalidSchemaException(String message) {
    super(message, null);
  }
}
