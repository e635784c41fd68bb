/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

/** The registry refused a schema because readers or writers of the subject's others would break. */
public final class IncompatibleSchemaException extends RegistryException {
  IncompatibleSchemaException(String message) {
    super(message, null);
  }
}
