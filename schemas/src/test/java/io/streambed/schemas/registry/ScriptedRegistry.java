/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** A server on the loopback address whose answers a test writes. */
final class ScriptedRegistry implements AutoCloseable {

  /** A request that came. */
  record Seen(String method, String path, String body, Optional<String> authorization) {}

  /** What goes back. */
  record Answer(int status, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final String scheme;

  private ScriptedRegistry(HttpServer server, String scheme, Function<Seen, Answer> script) {
    this.server = server;
    this.scheme = scheme;
    server.setExecutor(threads);
    server.createContext("/", exchange -> handle(exchange, script));
    server.start();
  }

  static ScriptedRegistry start(Function<Seen, Answer> script) throws IOException {
    return start(0, script);
  }

  static ScriptedRegistry start(int port, Function<Seen, Answer> script) throws IOException {
    return new ScriptedRegistry(HttpServer.create(loopback(port), 0), "http", script);
  }

  static ScriptedRegistry startTls(SSLContext tls, Function<Seen, Answer> script)
      throws IOException {
    HttpsServer server = HttpsServer.create(loopback(0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return new ScriptedRegistry(server, "https", script);
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** The answer that holds a schema. */
  static Answer schema(String schema) {
    return new Answer(200, "{\"schema\": \"" + schema.replace("\"", "\\\"") + "\"}");
  }

  static Answer error(int status, int code) {
    return new Answer(status, "{\"error_code\": " + code + ", \"message\": \"said the registry\"}");
  }

  int port() {
    return server.getAddress().getPort();
  }

  URI url() {
    return URI.create(scheme + "://localhost:" + port());
  }

  List<Seen> seen() {
    return seen;
  }

  private void handle(HttpExchange exchange, Function<Seen, Answer> script) throws IOException {
    try (exchange) {
      Seen request =
          new Seen(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getRawPath(),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")));
      seen.add(request);
      Answer answer = script.apply(request);
      byte[] body = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
