/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;

/** Schemas in which requests were written. Safe for use by many threads. */
public interface WriterSchemas {

  /** What is known of a schema id. */
  sealed interface Lookup {

    /** The schema. */
    record Known(Schema schema) implements Lookup {}

    /** The registry says that there is none. */
    record Missing() implements Lookup {}

    /** There is one, but it is not Avro that can be read. */
    record NotAvro() implements Lookup {}

    /** The registry cannot be asked, or does not answer; it says nothing of the schema. */
    record Unavailable() implements Lookup {}
  }

  /** The schema if it is at hand; asks nobody. */
  Optional<Schema> cached(int id);

  /**
   * Asks for a schema without blocking.
   *
   * @return completes with a value in every case, on any thread, within a bounded time
   */
  CompletableFuture<Lookup> fetch(int id);
}
