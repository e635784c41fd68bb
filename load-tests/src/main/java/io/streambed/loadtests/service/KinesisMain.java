/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/**
 * A stand-in for Kinesis that is faster than what is measured with it: records in memory, no
 * limits, and only what reading and writing need. It speaks CBOR, as AWS' own clients do. It takes
 * no orders.
 */
public final class KinesisMain {
  private static final ObjectMapper CBOR = new CBORMapper();
  private static final int BACKLOG = 1_000;

  private final KinesisOperations operations = new KinesisOperations();

  private KinesisMain() {}

  /** Serves until the parent is gone. */
  public static void main(String[] arguments) throws IOException {
    // Otherwise an answer waits 40 ms for the acknowledgement of its own headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", new KinesisMain()::handle);
    server.start();
    Orders.serve(
        "http://127.0.0.1:" + server.getAddress().getPort(),
        order -> {
          throw new IOException("there is no order " + order);
        });
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      int status = 200;
      try (JsonGenerator response = CBOR.createGenerator(body)) {
        response.writeStartObject();
        operations.carryOut(
            target.substring(target.indexOf('.') + 1),
            CBOR.readTree(exchange.getRequestBody()),
            response);
        response.writeEndObject();
      } catch (IOException e) {
        e.printStackTrace();
        exchange.getResponseHeaders().set("x-amzn-ErrorType", "InvalidArgumentException");
        body.reset();
        status = 400;
      }
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-cbor-1.1");
      exchange.sendResponseHeaders(status, body.size() == 0 ? -1 : body.size());
      body.writeTo(exchange.getResponseBody());
    }
  }
}
