/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The REST API of a worker. Requests that meet a rebalance are sent again; any other refusal fails
 * the test with the worker's words. Threads: any.
 *
 * @param url base address
 */
public record ConnectRest(URI url) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Longer than the 90 s after which a worker gives a request up itself. */
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(100);

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration PIECE = Duration.ofMillis(200);
  private static final String FAILED = "FAILED";
  private static final int NOT_FOUND = 404;
  private static final int REBALANCE = 409;

  private record Reply(int status, JsonNode body) {}

  /** Whether the worker has started and takes requests. */
  public boolean isReady() throws InterruptedException {
    try {
      return send("GET", "/health", Optional.empty()).status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Class names of all plugins that the worker offers, converters and transforms too. */
  public List<String> plugins() {
    List<String> classes = new ArrayList<>();
    call("GET", "/connector-plugins?connectorsOnly=false")
        .forEach(plugin -> classes.add(plugin.path("class").asText()));
    return classes;
  }

  /** Creates a connector, or gives it another configuration. */
  public void put(String name, Map<String, String> config) {
    JsonNode body = MAPPER.valueToTree(config);
    call("PUT", path(name, "/config"), Optional.of(body));
  }

  /** State of a connector and its tasks, in the worker's words. */
  public JsonNode status(String name) {
    return call("GET", path(name, "/status"));
  }

  /** Waits until the connector and all of its tasks run; fails at once if one has failed. */
  public void awaitRunning(String name, int tasks) {
    awaitStates(name, "RUNNING", tasks);
  }

  /** Waits until the connector or one of its tasks has failed; gives the stack trace. */
  public String awaitFailed(String name) {
    await().atMost(LIMIT).pollInterval(PIECE).until(() -> states(name).contains(FAILED));
    return traces(status(name));
  }

  /** Makes the connector and its tasks idle, and waits until they are. */
  public void pause(String name) {
    int tasks = status(name).path("tasks").size();
    call("PUT", path(name, "/pause"));
    awaitStates(name, "PAUSED", tasks);
  }

  /** Ends {@link #pause} and {@link #stop}. */
  public void resume(String name) {
    call("PUT", path(name, "/resume"));
  }

  /** Takes the connector's tasks away, and waits until they are gone. */
  public void stop(String name) {
    call("PUT", path(name, "/stop"));
    awaitStates(name, "STOPPED", 0);
  }

  /** Restarts the connector and all of its tasks, failed or not. */
  public void restart(String name) {
    call("POST", path(name, "/restart?includeTasks=true&onlyFailed=false"));
  }

  /**
   * Starts tasks again that have failed, as whoever watches a worker would.
   *
   * @param reason that the stack trace of each must show: any other failure fails the test
   */
  public void restartFailed(String name, String reason) {
    for (JsonNode task : status(name).path("tasks")) {
      if (task.path("state").asText().equals(FAILED)) {
        assertThat(task.path("trace").asText()).contains(reason);
        call("POST", path(name, "/tasks/" + task.path("id").asInt() + "/restart"));
      }
    }
  }

  /** Deletes a connector, and waits until the worker does not know it any more; offsets stay. */
  public void delete(String name) {
    call("DELETE", path(name, ""));
    await().atMost(LIMIT).pollInterval(PIECE).until(() -> states(name).isEmpty());
  }

  /** How far the connector is: {@code {"offsets": [{"partition": {}, "offset": {}}]}}. */
  public JsonNode offsets(String name) {
    return call("GET", path(name, "/offsets"));
  }

  /**
   * Sets how far a connector is that is stopped.
   *
   * @param offsets in the form that {@link #offsets} gives; an offset that is null deletes one
   */
  public void alterOffsets(String name, JsonNode offsets) {
    call("PATCH", path(name, "/offsets"), Optional.of(offsets));
  }

  /** Forgets how far a connector is that is stopped. */
  public void resetOffsets(String name) {
    call("DELETE", path(name, "/offsets"));
  }

  /** What is said of a configuration without creating anything, in the worker's words. */
  public JsonNode validate(Map<String, String> config) {
    String connector = config.getOrDefault("connector.class", "none");
    JsonNode body = MAPPER.valueToTree(config);
    return call("PUT", "/connector-plugins/" + connector + "/config/validate", Optional.of(body));
  }

  /** Errors that {@link #validate} tells, by setting; those without are left out. */
  public static Map<String, List<String>> errors(JsonNode validation) {
    Map<String, List<String>> errors = new TreeMap<>();
    for (JsonNode setting : validation.path("configs")) {
      JsonNode value = setting.path("value");
      List<String> texts = new ArrayList<>();
      value.path("errors").forEach(error -> texts.add(error.asText()));
      if (!texts.isEmpty()) {
        errors.put(value.path("name").asText(), texts);
      }
    }
    return errors;
  }

  private void awaitStates(String name, String state, int tasks) {
    List<String> wanted = Collections.nCopies(tasks + 1, state);
    await()
        .atMost(LIMIT)
        .pollInterval(PIECE)
        .untilAsserted(() -> {
          List<String> states = states(name);
          if (states.contains(FAILED)) {
            // Nothing to wait for: only assertion errors are tried again.
            throw new IllegalStateException(name + " has failed: " + traces(status(name)));
          }
          assertThat(states).as("states of %s and its tasks", name).isEqualTo(wanted);
        });
  }

  /** State of the connector, then those of its tasks; empty while the worker does not know it. */
  private List<String> states(String name) throws IOException, InterruptedException {
    List<String> states = new ArrayList<>();
    Reply reply = send("GET", path(name, "/status"), Optional.empty());
    if (reply.status() != NOT_FOUND) {
      states.add(reply.body().path("connector").path("state").asText());
      reply.body().path("tasks").forEach(task -> states.add(task.path("state").asText()));
    }
    return states;
  }

  private static String traces(JsonNode status) {
    StringBuilder traces = new StringBuilder(status.path("connector").path("trace").asText());
    status.path("tasks").forEach(task -> traces.append(task.path("trace").asText()));
    return traces.toString();
  }

  private static String path(String name, String rest) {
    return "/connectors/" + name + rest;
  }

  private JsonNode call(String method, String path) {
    return call(method, path, Optional.empty());
  }

  private JsonNode call(String method, String path, Optional<JsonNode> body) {
    Reply reply =
        await()
            .atMost(LIMIT.plus(REQUEST_LIMIT))
            .pollDelay(Duration.ZERO)
            .pollInterval(PIECE)
            .until(() -> send(method, path, body), answer -> answer.status() != REBALANCE);
    if (reply.status() / 100 != 2) {
      throw new AssertionError(
          "%s %s: HTTP %d, %s".formatted(method, path, reply.status(), reply.body()));
    }
    return reply.body();
  }

  private Reply send(String method, String path, Optional<JsonNode> body)
      throws IOException, InterruptedException {
    HttpRequest.BodyPublisher content =
        body.isPresent()
            ? BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body.get()))
            : BodyPublishers.noBody();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(REQUEST_LIMIT)
            .header("Content-Type", "application/json")
            .method(method, content)
            .build();
    HttpResponse<byte[]> response = HTTP.send(request, BodyHandlers.ofByteArray());
    return new Reply(response.statusCode(), json(response.body()));
  }

  /** A server's own error pages are no JSON. */
  private static JsonNode json(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      return TextNode.valueOf(new String(body, UTF_8));
    }
  }
}
