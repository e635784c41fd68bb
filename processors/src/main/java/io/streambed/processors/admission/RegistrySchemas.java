/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.schemas.registry.IncompatibleSchemaException;
import io.streambed.schemas.registry.InvalidSchemaException;
import io.streambed.schemas.registry.RegistryException;
import io.streambed.schemas.registry.RegistryRefusedException;
import io.streambed.schemas.registry.RegistryUnavailableException;
import io.streambed.schemas.registry.SchemaNotFoundException;
import io.streambed.schemas.registry.SchemaRegistryClient;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schemas of the registry. One for the process: it says once for each outage that there is one, and
 * once that it is over, however many partitions wait.
 */
public final class RegistrySchemas implements WriterSchemas {

  private static final Logger LOG = LoggerFactory.getLogger(RegistrySchemas.class);

  private final SchemaRegistryClient registry;
  private final AtomicBoolean outage = new AtomicBoolean();

  public RegistrySchemas(SchemaRegistryClient registry) {
    this.registry = registry;
  }

  @Override
  public Optional<Schema> cached(int id) {
    return registry.cached(id);
  }

  @Override
  public CompletableFuture<Lookup> fetch(int id) {
    return registry
        .schema(id)
        .handle((schema, failure) ->
            failure == null ? answered(new Lookup.Known(schema)) : failed(failure));
  }

  /** Whether the last answer was that there was none. */
  public boolean isOut() {
    return outage.get();
  }

  private Lookup failed(Throwable failure) {
    RegistryException reason = RegistryException.in(failure);
    return switch (reason) {
      case SchemaNotFoundException e -> answered(new Lookup.Missing());
      case InvalidSchemaException e -> answered(new Lookup.NotAvro());
      case IncompatibleSchemaException e -> answered(new Lookup.NotAvro());
      case RegistryRefusedException e ->
          out(
              e,
              "give Streambed credentials that may read schemas, and look at the registry's log");
      case RegistryUnavailableException e ->
          out(e, "start the registry, or correct its address in Streambed's configuration");
    };
  }

  private Lookup answered(Lookup lookup) {
    if (outage.compareAndSet(true, false)) {
      LOG.atInfo().log("the schema registry answers again; requests that waited for it go on");
    }
    return lookup;
  }

  private Lookup out(RegistryException reason, String fix) {
    if (outage.compareAndSet(false, true)) {
      LOG.atWarn()
          .addKeyValue("reason", reason.getMessage())
          .addKeyValue("fix", fix)
          .log(
              "the schema registry gives no answer; requests whose schema is not known yet wait,"
                  + " nothing is lost");
    }
    return new Lookup.Unavailable();
  }
}
