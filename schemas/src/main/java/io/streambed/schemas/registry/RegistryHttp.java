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
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the registries over HTTP until one answers. No thread waits: a pause is a scheduled task.
 *
 * <p>Safe for use by many threads.
 */
final class RegistryHttp implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

  private final RegistryConfig config;
  private final HttpClient http;
  private final DoubleSupplier random;
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

  /** Fails with a {@link RegistryException} only. */
  CompletableFuture<JsonNode> ask(Question question) {
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    attempt(question, 0, preferred, answer);
    return answer;
  }

  private void attempt(
      Question question, int number, int first, CompletableFuture<JsonNode> answer) {
    int url = (first + number) % config.urls().size();
    http.sendAsync(request(question, config.urls().get(url)), BodyHandlers.ofString())
        .handle((reply, failure) -> sorted(question, reply, failure))
        .thenAccept(reply -> {
          switch (reply) {
            case Done done -> {
              preferred = url;
              answer.complete(done.body());
            }
            case Failed failed -> answer.completeExceptionally(failed.failure());
            case Again again -> again(question, number, first, again.reason(), answer);
          }
        })
        .exceptionally(bug -> {
          answer.completeExceptionally(RegistryException.in(bug));
          return null;
        });
  }

  private void again(
      Question question, int number, int first, String reason, CompletableFuture<JsonNode> answer) {
    int next = number + 1;
    int round = next / config.urls().size();
    if (round > config.retry().retries()) {
      answer.completeExceptionally(unavailable(question, next, reason));
      return;
    }
    long pause =
        next % config.urls().size() == 0
            ? config.retry().backOff(round, random.getAsDouble()).toMillis()
            : 0;
    LOG.atDebug()
        .addKeyValue("asked", question.asked())
        .addKeyValue("reason", reason)
        .addKeyValue("pauseMillis", pause)
        .log("asking the schema registry again");
    Executor later = CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS);
    later.execute(() -> attempt(question, next, first, answer));
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

  private static Reply sorted(
      Question question, @Nullable HttpResponse<String> reply, @Nullable Throwable failure) {
    if (reply == null) {
      Throwable inner =
          failure != null && failure.getCause() != null ? failure.getCause() : failure;
      return new Again(inner == null ? "no answer" : inner.getClass().getSimpleName());
    }
    return ReplyReader.read(reply.statusCode(), reply.body(), question.asked());
  }

  private HttpRequest request(Question question, URI base) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + question.path()))
            .timeout(config.requestTimeout())
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
    http.shutdownNow();
  }
}
