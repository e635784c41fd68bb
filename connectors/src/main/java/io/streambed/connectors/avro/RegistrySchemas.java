/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.avro;

import io.streambed.schemas.registry.IncompatibleSchemaException;
import io.streambed.schemas.registry.InvalidSchemaException;
import io.streambed.schemas.registry.RegisteredSchema;
import io.streambed.schemas.registry.RegistryException;
import io.streambed.schemas.registry.RegistryRefusedException;
import io.streambed.schemas.registry.RegistryUnavailableException;
import io.streambed.schemas.registry.SchemaNotFoundException;
import io.streambed.schemas.registry.SchemaRegistryClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the registry says, waited for. Answers are kept. Any thread.
 *
 * <p>A registry that does not answer, or does not let us ask, says nothing about the record: it is
 * asked until it answers, or that is a {@link RetriableException}, and Connect tries again. Every
 * other failure is a {@link DataException}. The messages name ids and subjects and hold no record's
 * content.
 */
final class RegistrySchemas {

  private static final Logger LOG = LoggerFactory.getLogger(RegistrySchemas.class);

  /** As many as the client keeps; beyond them they are asked for anew. */
  private static final int MOST_IDS = 1_000;

  /** Between two times that the registry is asked; each has the client's own retries. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final SchemaRegistryClient client;
  private final boolean waits;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<Written, Integer> ids = new ConcurrentHashMap<>();
  private final Map<String, RegisteredSchema> newest = new ConcurrentHashMap<>();

  private record Written(String subject, Schema schema) {}

  /**
   * @param waits whether it asks until the registry answers or this is closed
   */
  RegistrySchemas(SchemaRegistryClient client, boolean waits) {
    this.client = client;
    this.waits = waits;
  }

  /** The schema of an id. */
  Schema schema(int id) {
    Optional<Schema> known = client.cached(id);
    return known.isPresent()
        ? known.get()
        : await(() -> client.schema(id), "the record was written through another registry");
  }

  /**
   * The id of a schema.
   *
   * @param register whether it is registered if it is not there
   */
  int id(String subject, Schema schema, boolean register) {
    Written wanted = new Written(subject, schema);
    Integer known = ids.get(wanted);
    if (known != null) {
      return known;
    }
    Integer id =
        register
            ? await(() -> client.register(subject, schema), "register it")
            : await(
                () -> client.lookup(subject, schema).thenApply(RegisteredSchema::id),
                "register it, or set streambed.registry.auto.register");
    if (ids.size() >= MOST_IDS) {
      ids.clear();
    }
    ids.put(wanted, id);
    return id;
  }

  /** A subject's newest version, as it was when it was first asked for. */
  RegisteredSchema latest(String subject) {
    RegisteredSchema known = newest.get(subject);
    if (known != null) {
      return known;
    }
    RegisteredSchema found =
        await(
            () -> client.latest(subject),
            "register a schema there, or do without streambed.registry.use.latest");
    newest.put(subject, found);
    return found;
  }

  /**
   * Asks, and where it is to wait, asks again until there is an answer. An interrupt is for later:
   * it comes from a worker that stops, and whatever was thrown then would be held against the
   * record.
   *
   * @param help for when the registry is sure that it has no such thing
   */
  private <T> T await(Supplier<CompletableFuture<T>> question, String help) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return ask(question.get());
        } catch (RegistryException reason) {
          ConnectException failure = exception(reason, help);
          if (!waits || !(failure instanceof RetriableException) || closed.getCount() == 0) {
            throw failure;
          }
        } catch (InterruptedException e) {
          interrupted = true;
          if (!waits) {
            throw new RetriableException("the wait for the schema registry was interrupted");
          }
        }
        interrupted |= isInterruptedWithin(PAUSE);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private <T> T ask(CompletableFuture<T> answer) throws InterruptedException {
    try {
      return answer.get(client.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw RegistryException.in(e);
    } catch (TimeoutException e) {
      throw RegistryUnavailableException.after(client.patience());
    }
  }

  /** Waits so long, or until it is closed. */
  private boolean isInterruptedWithin(Duration pause) {
    try {
      closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** Ends the waiting of all. */
  void close() {
    closed.countDown();
  }

  private static ConnectException exception(RegistryException reason, String help) {
    return switch (reason) {
      case RegistryUnavailableException down -> again(down);
      case RegistryRefusedException refused -> again(refused);
      case SchemaNotFoundException gone -> new DataException(gone.getMessage() + "; " + help, gone);
      case IncompatibleSchemaException other -> new DataException(other.getMessage(), other);
      case InvalidSchemaException wrong -> new DataException(wrong.getMessage(), wrong);
    };
  }

  private static RetriableException again(RegistryException reason) {
    LOG.atWarn()
        .addKeyValue("reason", reason.getMessage())
        .log(
            "the schema registry is of no help now; the record waits, or is tried again if Connect may");
    return new RetriableException(reason.getMessage(), reason);
  }
}
