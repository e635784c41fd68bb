/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * An HTTP server that answers exactly what a test says, byte for byte, and keeps what it was sent.
 */
final class ScriptedServer implements AutoCloseable {

  /** What arrived. */
  record Received(String path, Map<String, String> headers, String body) {}

  /** What to answer. */
  record Scripted(int status, Map<String, String> headers, String body) {

    static Scripted ok(String body) {
      return new Scripted(200, Map.of(), body);
    }

    static Scripted error(int status, String type, String message) {
      return new Scripted(
          status,
          Map.of(
              "x-amzn-ErrorType",
              type + ":http://internal.amazon.com/coral/com.amazon.bedrock/",
              "x-amzn-RequestId",
              "5b9f2c1e-0000-4000-8000-123456789abc"),
          "{\"message\":\"" + message + "\"}");
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Received> received = new ConcurrentLinkedQueue<>();

  private ScriptedServer(Function<Received, Scripted> script) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2000);
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, script));
    server.start();
  }

  static ScriptedServer answering(Function<Received, Scripted> script) {
    try {
      return new ScriptedServer(script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ScriptedServer answering(Scripted scripted) {
    return answering(any -> scripted);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  Queue<Received> received() {
    return received;
  }

  private void answer(HttpExchange exchange, Function<Received, Scripted> script)
      throws IOException {
    try (exchange) {
      Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Received request = new Received(exchange.getRequestURI().getRawPath(), headers, body);
      received.add(request);
      Scripted answer = script.apply(request);
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
