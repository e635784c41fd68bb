/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands before an emulator, and passes requests on as it is told. Threads: any. */
final class KinesisProxy implements AutoCloseable {

  private static final String TARGET = "X-Amz-Target";
  private static final String CONTENT = "Content-Type";
  private static final List<String> PASSED_ON =
      List.of(TARGET, CONTENT, "Authorization", "X-Amz-Date", "X-Amz-Security-Token", "Accept");

  /** What is done with a request. */
  interface Way {
    /** Answers it, by {@link #forward} and {@link #answer} or in some way of its own. */
    void handle(HttpExchange exchange, byte[] body) throws IOException;
  }

  private final URI behind;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** One before that emulator; see {@link #start}. */
  KinesisProxy(KinesisEmulator emulator) throws IOException {
    this.behind = emulator.url();
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    server.setExecutor(threads);
  }

  /** Takes requests from now on. */
  void start(Way way) {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            way.handle(exchange, exchange.getRequestBody().readAllBytes());
          }
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What is asked for, such as PutRecords. */
  static String operation(HttpExchange exchange) {
    String target = String.valueOf(exchange.getRequestHeaders().getFirst(TARGET));
    return target.substring(target.indexOf('.') + 1);
  }

  /** Asks the emulator. */
  HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(behind).POST(BodyPublishers.ofByteArray(body));
    for (String header : PASSED_ON) {
      String value = exchange.getRequestHeaders().getFirst(header);
      if (value != null) {
        request.header(header, value);
      }
    }
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Answers in the format of the request. */
  static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    String content = exchange.getRequestHeaders().getFirst(CONTENT);
    exchange.getResponseHeaders().set(CONTENT, String.valueOf(content));
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    http.close();
  }
}
