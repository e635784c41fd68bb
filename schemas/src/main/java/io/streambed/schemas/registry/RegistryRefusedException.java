/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

/**
 * The registry does not let this client do it: credentials or rights are missing. Nothing is known
 * about the schema; whoever runs the client must act.
 */
public final class RegistryRefusedException extends RegistryException {
  RegistryRefusedException(String message) {
    super(message, null);
  }
}
