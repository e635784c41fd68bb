/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.serdes;

import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;

/** How far the reading of a value has come. */
public sealed interface Reading<T> {

  /**
   * It was read.
   *
   * @param schemaId of its writer's schema
   */
  record Done<T>(T record, int schemaId) implements Reading<T> {
    /** Without the record: it is somebody's private text. */
    @Override
    public String toString() {
      return "Done[schemaId=" + schemaId + "]";
    }
  }

  /**
   * Its schema is not at hand and is being fetched; read again when it is there. A failure of the
   * future is a {@link io.streambed.schemas.registry.RegistryException}, whose kind says whether
   * the registry or the record is at fault.
   */
  record Waiting<T>(int schemaId, CompletableFuture<Schema> schema) implements Reading<T> {}

  /** Nobody will ever read it. */
  record Unreadable<T>(UnreadableRecordException reason) implements Reading<T> {}
}
