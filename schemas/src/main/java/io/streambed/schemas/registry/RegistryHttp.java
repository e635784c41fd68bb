/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.streambed.schemas.registry.Reply.Again;
import io.streambed.schemas.registry.Reply.Done;
import io.streambed.schemas.registry.Reply.Failed;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the registries over HTTP until one answers, on threads of its own. The HTTP client's own
 * futures complete on the JVM's common pool, whichever executor the client has: an application that
 * blocks that pool would never see an answer. Two threads serve a question; there are few at a
 * time.
 *
 * <p>Safe for use by many threads.
 */
final class RegistryHttp implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

  private final RegistryConfig config;
  private final HttpClient http;
  private final DoubleSupplier random;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("schema-registry-", 0).factory());
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile int preferred;

  RegistryHttp(RegistryConfig config) {
    this(config, () -> ThreadLocalRandom.current().nextDouble());
  }

  RegistryHttp(RegistryConfig config, DoubleSupplier random) {
    this.config = config;
    this.random = random;
    // A redirect is not followed: it would carry the credentials to another host.
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(config.connectTimeout());
    config.trust().map(TrustStore::sslContext).ifPresent(builder::sslContext);
    this.http = builder.build();
  }

  /**
   * One question.
   *
   * @param path below the base URL, from its slash on, encoded
   * @param body JSON; null for a question without
   * @param asked what is asked for, in the words of an error message
   */
  record Question(String method, String path, @Nullable String body, String asked) {}

  /** Fails with a {@link RegistryException} only, in the wrapping that futures add. */
  CompletableFuture<JsonNode> ask(Question question) {
    try {
      return CompletableFuture.supplyAsync(() -> answer(question), threads);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(closed(question));
    }
  }

  private JsonNode answer(Question question) {
    int urls = config.urls().size();
    int first = preferred;
    int tries = 0;
    String reason = "not asked";
    while (tries < urls * (config.retry().retries() + 1)) {
      if (tries > 0 && tries % urls == 0) {
        pause(question, tries / urls, reason);
      }
      int url = (first + tries) % urls;
      tries++;
      switch (ask(question, config.urls().get(url))) {
        case Done done -> {
          preferred = url;
          return done.body();
        }
        case Failed failed -> throw failed.failure();
        case Again again -> reason = again.reason();
      }
    }
    throw unavailable(question, tries, reason);
  }

  private void pause(Question question, int round, String reason) {
    long pause = config.retry().backOff(round, random.getAsDouble()).toMillis();
    LOG.atDebug()
        .addKeyValue("asked", question.asked())
        .addKeyValue("reason", reason)
        .addKeyValue("pauseMillis", pause)
        .log("asking the schema registry again");
    try {
      if (closed.await(pause, TimeUnit.MILLISECONDS)) {
        throw closed(question);
      }
    } catch (InterruptedException e) {
      throw closed(question);
    }
  }

  /** Once; its time includes the answer's body, which the client's own time-out does not. */
  private Reply ask(Question question, URI base) {
    Future<HttpResponse<String>> sent;
    try {
      sent = threads.submit(() -> http.send(request(question, base), BodyHandlers.ofString()));
    } catch (RejectedExecutionException e) {
      throw closed(question);
    }
    try {
      HttpResponse<String> reply =
          sent.get(config.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
      return ReplyReader.read(reply.statusCode(), reply.body(), question.asked());
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      return new Again(cause == null ? "no answer" : cause.getClass().getSimpleName());
    } catch (TimeoutException e) {
      sent.cancel(true);
      return new Again("no answer within " + config.requestTimeout().toMillis() + " ms");
    } catch (InterruptedException e) {
      throw closed(question);
    }
  }

  private static RegistryUnavailableException closed(Question question) {
    return new RegistryUnavailableException(
        "the client was closed before the schema registry answered for " + question.asked(), null);
  }

  private RegistryUnavailableException unavailable(Question question, int tries, String reason) {
    return new RegistryUnavailableException(
        "no schema registry answered for "
            + question.asked()
            + " after "
            + tries
            + (tries == 1 ? " try" : " tries")
            + " at "
            + config.urls()
            + " (last: "
            + reason
            + "); check that it runs and can be reached",
        null);
  }

  private HttpRequest request(Question question, URI base) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + question.path()))
            .header("Accept", MEDIA_TYPE + ", application/json");
    config.auth().header().ifPresent(value -> request.header("Authorization", value));
    if (question.body() == null) {
      return request.method(question.method(), BodyPublishers.noBody()).build();
    }
    return request
        .header("Content-Type", MEDIA_TYPE)
        .method(question.method(), BodyPublishers.ofString(question.body()))
        .build();
  }

  /** Calls in flight fail. */
  @Override
  public void close() {
    closed.countDown();
    threads.shutdownNow();
    http.shutdownNow();
  }
}
