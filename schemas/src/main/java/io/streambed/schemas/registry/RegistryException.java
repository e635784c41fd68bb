/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Why the registry did not do what it was asked. The kind says what to do: {@link
 * RegistryUnavailableException} and {@link RegistryRefusedException} say nothing about the record
 * or schema at hand (wait and ask again, or set the credentials right), the others will not get
 * better by asking again.
 *
 * <p>Messages name the subject or id and hold no record's content.
 */
public abstract sealed class RegistryException extends RuntimeException
    permits RegistryUnavailableException,
        RegistryRefusedException,
        SchemaNotFoundException,
        IncompatibleSchemaException,
        InvalidSchemaException {

  RegistryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * The registry's failure inside what a future reports, without the wrappers that futures add. A
   * failure of another kind, such as a cancelled future, counts as the registry being unavailable.
   */
  public static RegistryException in(Throwable failure) {
    Throwable inner = failure;
    while ((inner instanceof CompletionException || inner instanceof ExecutionException)
        && inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner instanceof RegistryException known
        ? known
        : new RegistryUnavailableException("the call of the schema registry broke off", inner);
  }
}
