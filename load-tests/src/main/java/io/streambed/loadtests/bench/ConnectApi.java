/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The REST API of a worker of Kafka Connect. For one thread. */
final class ConnectApi implements AutoCloseable {
  /** Longer than the 90 s after which a worker gives a request up itself. */
  private static final Duration LIMIT = Duration.ofSeconds(100);

  private static final Duration PIECE = Duration.ofMillis(200);
  private static final int NOT_FOUND = 404;
  private static final int REBALANCE = 409;
  private static final String FAILED = "FAILED";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI worker;

  ConnectApi(URI worker) {
    this.worker = worker;
  }

  /** Whether it takes requests. */
  boolean isReady() {
    try {
      return exchange("GET", "/connectors", JSON.nullNode()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Makes a connector, or gives it another configuration. */
  void put(String connector, Map<String, String> settings) {
    send("PUT", path(connector, "/config"), JSON.valueToTree(settings));
  }

  /** Asks a connector and its tasks to do nothing. */
  void pause(String connector) {
    send("PUT", path(connector, "/pause"), JSON.nullNode());
  }

  /** Asks them to go on. */
  void resume(String connector) {
    send("PUT", path(connector, "/resume"), JSON.nullNode());
  }

  /** Whether the connector and every task of it, at least one, are in this state. */
  boolean isAll(String connector, String state) {
    JsonNode status = status(connector);
    for (JsonNode task : status.path("tasks")) {
      if (!task.path("state").asText().equals(state)) {
        return false;
      }
    }
    return !status.path("tasks").isEmpty()
        && status.path("connector").path("state").asText().equals(state);
  }

  /**
   * Makes sure that neither the connector nor a task of it has failed.
   *
   * @throws BenchException with the reason, as the worker tells it
   */
  void assertNotFailed(String connector) {
    JsonNode status = status(connector);
    assertNotFailed(connector, status.path("connector"));
    status.path("tasks").forEach(task -> assertNotFailed(connector, task));
  }

  private static void assertNotFailed(String connector, JsonNode part) {
    if (part.path("state").asText().equals(FAILED)) {
      throw new BenchException(
          "connector " + connector + " has failed: " + part.path("trace").asText(), null);
    }
  }

  private JsonNode status(String connector) {
    String path = path(connector, "/status");
    HttpResponse<String> response = ask("GET", path, JSON.nullNode());
    // One that was made a moment ago has none yet.
    return response.statusCode() == NOT_FOUND ? JSON.nullNode() : body(path, response);
  }

  private static String path(String connector, String rest) {
    return "/connectors/" + connector + rest;
  }

  private void send(String method, String path, JsonNode body) {
    body(path, ask(method, path, body));
  }

  private static JsonNode body(String path, HttpResponse<String> response) {
    String text = response.body();
    if (response.statusCode() / 100 != 2) {
      throw new BenchException("the worker refuses " + path + ": " + text, null);
    }
    try {
      return text.isEmpty() ? JSON.nullNode() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new BenchException("the worker answers " + text, e);
    }
  }

  /** Asks again while the work is dealt out. */
  private HttpResponse<String> ask(String method, String path, JsonNode body) {
    long end = System.nanoTime() + LIMIT.toNanos();
    try {
      HttpResponse<String> response = exchange(method, path, body);
      while (response.statusCode() == REBALANCE && System.nanoTime() < end) {
        LockSupport.parkNanos(PIECE.toNanos());
        response = exchange(method, path, body);
      }
      return response;
    } catch (IOException e) {
      throw new BenchException("the worker does not answer", e);
    }
  }

  private HttpResponse<String> exchange(String method, String path, JsonNode body)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(worker.resolve(path))
            .header("Content-Type", "application/json")
            .timeout(LIMIT)
            .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
