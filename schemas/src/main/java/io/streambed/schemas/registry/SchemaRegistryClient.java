/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.schemas.registry.RegistryHttp.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A client of registries that speak Confluent's REST protocol. Nothing blocks: every question gives
 * a future, which fails with a {@link RegistryException} and never otherwise. An answer about an id
 * or a registration is kept, and equal questions in flight share one request.
 *
 * <p>Safe for use by many threads. Futures complete on threads of the client, and on none that is
 * shared with others: do not block there.
 */
public final class SchemaRegistryClient implements AutoCloseable {

  private final RegistryHttp http;
  private final SchemaTexts texts;
  private final Duration patience;
  private final SchemaCache cache;
  private final Map<Integer, CompletableFuture<Schema>> flights = new ConcurrentHashMap<>();
  private final Map<Registration, Integer> registered = new ConcurrentHashMap<>();

  private record Registration(String subject, String schema) {}

  /**
   * Opens no connection.
   *
   * @throws IllegalArgumentException if the trust store cannot be used
   */
  public SchemaRegistryClient(RegistryConfig config) {
    this(config, System::nanoTime);
  }

  SchemaRegistryClient(RegistryConfig config, LongSupplier nanoTime) {
    this.http = new RegistryHttp(config);
    this.texts = new SchemaTexts(http);
    // A schema's references are asked for one after another: twice, if not all of them are slow.
    this.patience = config.longestAnswer().multipliedBy(2);
    this.cache = new SchemaCache(config.unknownIdTtl(), nanoTime);
  }

  /** After this time a future of this client has ended, if its threads get to run. */
  public Duration patience() {
    return patience;
  }

  /** The schema of an id if it is at hand. Asks nobody. */
  public Optional<Schema> cached(int id) {
    return cache.schema(id);
  }

  /** The schema of an id. Fails with {@link SchemaNotFoundException} if there is none. */
  public CompletableFuture<Schema> schema(int id) {
    Optional<Schema> known = cache.schema(id);
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(known.get());
    }
    String asked = "schema id " + id;
    if (cache.isUnknown(id)) {
      return CompletableFuture.failedFuture(
          new SchemaNotFoundException("the schema registry does not know " + asked));
    }
    CompletableFuture<Schema> mine = new CompletableFuture<>();
    CompletableFuture<Schema> running = flights.putIfAbsent(id, mine);
    if (running != null) {
      return clean(running);
    }
    http.ask(new Question("GET", "/schemas/ids/" + id, null, asked))
        .thenCompose(answer -> texts.schema(answer, asked))
        .whenComplete((schema, failure) -> landed(id, mine, schema, failure));
    return clean(mine);
  }

  private void landed(
      int id,
      CompletableFuture<Schema> flight,
      @Nullable Schema schema,
      @Nullable Throwable failure) {
    if (schema != null) {
      cache.known(id, schema);
      flights.remove(id, flight);
      flight.complete(schema);
    } else {
      RegistryException reason =
          RegistryException.in(
              failure == null ? new IllegalStateException("neither schema nor failure") : failure);
      if (reason instanceof SchemaNotFoundException) {
        cache.unknown(id);
      }
      flights.remove(id, flight);
      flight.completeExceptionally(reason);
    }
  }

  /** Registers the schema, or finds that it is registered already. Gives its id. */
  public CompletableFuture<Integer> register(String subject, Schema schema) {
    Registration wanted = new Registration(subject, PortableSchema.text(schema));
    Integer known = registered.get(wanted);
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    return clean(
        post(versionsOf(subject), wanted.schema(), "the schema for subject " + subject)
            .thenApply(answer -> keep(wanted, answer.path("id").asInt())));
  }

  /** Finds the version that is this schema. Fails with {@link SchemaNotFoundException}. */
  public CompletableFuture<RegisteredSchema> lookup(String subject, Schema schema) {
    Registration wanted = new Registration(subject, PortableSchema.text(schema));
    String asked = "this version of " + schema.getFullName() + " under subject " + subject;
    return clean(
        post("/subjects/" + SchemaTexts.encoded(subject), wanted.schema(), asked)
            .thenApply(answer -> {
              int id = keep(wanted, answer.path("id").asInt());
              return new RegisteredSchema(subject, answer.path("version").asInt(), id, schema);
            }));
  }

  /** Names of all subjects. */
  public CompletableFuture<List<String>> subjects() {
    return clean(get("/subjects", "its subjects").thenApply(list(JsonNode::asText)));
  }

  /** Numbers of a subject's versions, the oldest first. */
  public CompletableFuture<List<Integer>> versions(String subject) {
    return clean(get(versionsOf(subject), "subject " + subject).thenApply(list(JsonNode::asInt)));
  }

  /** One version of a subject. */
  public CompletableFuture<RegisteredSchema> version(String subject, int version) {
    return version(subject, Integer.toString(version));
  }

  /** The newest version of a subject. */
  public CompletableFuture<RegisteredSchema> latest(String subject) {
    return version(subject, "latest");
  }

  private CompletableFuture<RegisteredSchema> version(String subject, String version) {
    String asked = "version " + version + " of subject " + subject;
    return clean(
        get(versionsOf(subject) + "/" + version, asked)
            .thenCompose(answer ->
                texts
                    .schema(answer, asked)
                    .thenApply(schema ->
                        new RegisteredSchema(
                            subject,
                            answer.path("version").asInt(),
                            answer.path("id").asInt(),
                            schema))));
  }

  /** Whether the schema could become the subject's next version. */
  public CompletableFuture<CompatibilityAnswer> test(String subject, Schema schema) {
    String path = "/compatibility" + versionsOf(subject) + "/latest?verbose=true";
    return clean(
        post(path, PortableSchema.text(schema), "the schema for subject " + subject)
            .thenApply(answer ->
                new CompatibilityAnswer(
                    answer.path("is_compatible").asBoolean(),
                    list(JsonNode::asText).apply(answer.path("messages")))));
  }

  /** What applies to subjects that have no rule of their own. */
  public CompletableFuture<Compatibility> compatibility() {
    return compatibilityAt("/config", "its compatibility rule");
  }

  /** A subject's own rule. Fails with {@link SchemaNotFoundException} if it has none. */
  public CompletableFuture<Compatibility> compatibility(String subject) {
    return compatibilityAt(configOf(subject), "a compatibility rule of subject " + subject);
  }

  /** Sets what applies to subjects that have no rule of their own. */
  public CompletableFuture<Compatibility> setCompatibility(Compatibility rule) {
    return put("/config", rule);
  }

  /** Sets a subject's own rule; the subject need not exist yet. */
  public CompletableFuture<Compatibility> setCompatibility(String subject, Compatibility rule) {
    return put(configOf(subject), rule);
  }

  private CompletableFuture<Compatibility> compatibilityAt(String path, String asked) {
    return clean(
        get(path, asked)
            .thenApply(answer ->
                Compatibility.valueOf(
                    answer
                        .path("compatibilityLevel")
                        .asText(answer.path("compatibility").asText()))));
  }

  private CompletableFuture<Compatibility> put(String path, Compatibility rule) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("compatibility", rule.name());
    return clean(
        http.ask(new Question("PUT", path, body.toString(), "the compatibility rule " + rule))
            .thenApply(answer -> rule));
  }

  private CompletableFuture<JsonNode> get(String path, String asked) {
    return http.ask(new Question("GET", path, null, asked));
  }

  private CompletableFuture<JsonNode> post(String path, String schema, String asked) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("schema", schema);
    return http.ask(new Question("POST", path, body.toString(), asked));
  }

  private int keep(Registration registration, int id) {
    registered.put(registration, id);
    return id;
  }

  private static String versionsOf(String subject) {
    return "/subjects/" + SchemaTexts.encoded(subject) + "/versions";
  }

  private static String configOf(String subject) {
    return "/config/" + SchemaTexts.encoded(subject);
  }

  private static <T> Function<JsonNode, List<T>> list(Function<JsonNode, T> item) {
    return array -> {
      List<T> items = new ArrayList<>();
      array.forEach(one -> items.add(item.apply(one)));
      return List.copyOf(items);
    };
  }

  /** A future of its own, so that nobody can cancel another's, failing with the bare reason. */
  private static <T> CompletableFuture<T> clean(CompletableFuture<T> shared) {
    CompletableFuture<T> own = new CompletableFuture<>();
    shared.whenComplete((value, failure) -> {
      if (failure == null) {
        own.complete(value);
      } else {
        own.completeExceptionally(RegistryException.in(failure));
      }
    });
    return own;
  }

  /** Requests in flight fail with {@link RegistryUnavailableException}. */
  @Override
  public void close() {
    http.close();
  }
}
