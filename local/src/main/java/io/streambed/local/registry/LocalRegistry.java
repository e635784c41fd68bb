/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.streambed.local.http.Exchange;
import io.streambed.local.http.HttpPort;
import io.streambed.local.http.Request;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry in memory with the part of Confluent's REST protocol that clients use, for
 * Avro. It can be made to fail, and can be stopped and started again on the same port with what it
 * holds. Safe to use from any thread.
 */
public final class LocalRegistry implements AutoCloseable {
  /** Command-line flag that chooses the port. */
  public static final String PORT_FLAG = "--registry-port";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

  private final RegistryOptions options;
  private final RegistryRoutes routes = new RegistryRoutes();
  private final AtomicLong requests = new AtomicLong();
  private volatile OptionalInt failure = OptionalInt.empty();
  private volatile int port;
  private @Nullable HttpPort http;

  private LocalRegistry(RegistryOptions options) {
    this.options = options;
    this.port = options.port();
  }

  /**
   * Starts a registry; it serves clients when this returns.
   *
   * @throws io.streambed.local.port.PortTakenException if a port was asked for and is taken
   */
  public static LocalRegistry start(RegistryOptions options) {
    LocalRegistry registry = new LocalRegistry(options);
    registry.restart();
    return registry;
  }

  /** The same, open to anyone; port 0 picks a free one. */
  public static LocalRegistry start(String host, int port) {
    return start(RegistryOptions.ephemeral().withHost(host).withPort(port));
  }

  /** Base address, without a slash at the end. Stays the same over stop and restart. */
  public String url() {
    return "http://" + options.host() + ":" + port;
  }

  /** Requests that were received, failed ones too. */
  public long requests() {
    return requests.get();
  }

  /** From now on every request fails with this HTTP status. */
  public void fail(int status) {
    failure = OptionalInt.of(status);
  }

  /** Ends {@link #fail}. */
  public void recover() {
    failure = OptionalInt.empty();
  }

  /** Stops listening; connections are refused. What was registered is kept. */
  public synchronized void stop() {
    if (http != null) {
      http.close();
      http = null;
    }
  }

  /** Stops if it runs, and listens on the same port again. */
  public synchronized void restart() {
    stop();
    http = HttpPort.open("The schema registry", options.host(), port, PORT_FLAG, this::handle);
    port = http.port();
  }

  /** Stops. What was registered is lost. */
  @Override
  public void close() {
    stop();
  }

  private void handle(Exchange exchange) {
    requests.incrementAndGet();
    RegistryReply reply = reply(exchange.request());
    exchange.reply(
        reply.status(),
        Map.of("Content-Type", MEDIA_TYPE),
        reply.body().toString().getBytes(UTF_8));
  }

  private RegistryReply reply(Request request) {
    JsonNode body = body(request);
    if (failure.isPresent()) {
      return RegistryReply.error(failure.getAsInt(), "The registry was told to fail");
    }
    if (!isAllowed(request)) {
      return RegistryReply.error(401, "HTTP 401 Unauthorized");
    }
    return routes.handle(
        new RegistryRequest(request.method(), path(request), query(request), body));
  }

  private boolean isAllowed(Request request) {
    return options
        .credentials()
        .map(wanted -> {
          byte[] pair = (wanted.user() + ":" + wanted.password()).getBytes(UTF_8);
          String expected = "Basic " + Base64.getEncoder().encodeToString(pair);
          return request.header("authorization").filter(expected::equals).isPresent();
        })
        .orElse(true);
  }

  private static JsonNode body(Request request) {
    if (request.body().length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return MAPPER.readTree(request.body());
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** A subject's name may hold an encoded slash, so the path is cut before it is decoded. */
  private static List<String> path(Request request) {
    List<String> parts = new ArrayList<>();
    for (String part : request.path().split("/", -1)) {
      if (!part.isEmpty()) {
        parts.add(URLDecoder.decode(part.replace("+", "%2B"), UTF_8));
      }
    }
    return parts;
  }

  private static Map<String, String> query(Request request) {
    Map<String, String> query = new HashMap<>();
    request.query().forEach((name, values) -> query.put(name, values.getFirst()));
    return query;
  }
}
