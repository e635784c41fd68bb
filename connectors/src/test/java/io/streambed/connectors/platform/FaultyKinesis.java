/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before an emulator and refuses some of what is asked, as Kinesis does under load: whole
 * requests, and single records of a PutRecords. It speaks CBOR, as AWS' own clients do.
 */
public final class FaultyKinesis implements AutoCloseable {

  private static final String TARGET = "X-Amz-Target";
  private static final String CONTENT = "Content-Type";
  private static final String THROTTLED = "ProvisionedThroughputExceededException";
  private static final ObjectMapper CBOR = new CBORMapper();

  private final URI behind;
  private final Random random;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger requestsRefused = new AtomicInteger();
  private final AtomicInteger recordsRefused = new AtomicInteger();
  private final AtomicInteger iteratorsExpired = new AtomicInteger();

  private FaultyKinesis(URI behind, long seed) throws IOException {
    this.behind = behind;
    this.random = new Random(seed);
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /** Starts one before that emulator. */
  public static FaultyKinesis before(KinesisEmulator emulator, long seed) throws IOException {
    FaultyKinesis proxy = new FaultyKinesis(emulator.url(), seed);
    proxy.server.start();
    return proxy;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Requests that were refused as too many. */
  public int requestsRefused() {
    return requestsRefused.get();
  }

  /** Records of requests that were taken otherwise. */
  public int recordsRefused() {
    return recordsRefused.get();
  }

  /** Reads whose iterator was said to be too old. */
  public int iteratorsExpired() {
    return iteratorsExpired.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String target = String.valueOf(exchange.getRequestHeaders().getFirst(TARGET));
      String operation = target.substring(target.indexOf('.') + 1);
      boolean writes = operation.equals("PutRecords");
      boolean reads = operation.equals("GetRecords");
      if ((writes || reads) && chance(10)) {
        requestsRefused.incrementAndGet();
        refuse(exchange, THROTTLED);
      } else if (reads && chance(10)) {
        iteratorsExpired.incrementAndGet();
        refuse(exchange, "ExpiredIteratorException");
      } else if (writes && chance(40)) {
        putPart(exchange, body);
      } else {
        HttpResponse<byte[]> answer = forward(exchange, body);
        answer(exchange, answer.statusCode(), answer.body());
      }
    }
  }

  /** Passes some of the records on, and answers for the others that they were too many. */
  private void putPart(HttpExchange exchange, byte[] body) throws IOException {
    ObjectNode request = (ObjectNode) CBOR.readTree(body);
    ArrayNode passed = CBOR.createArrayNode();
    List<Boolean> taken = new ArrayList<>();
    for (JsonNode record : request.path("Records")) {
      boolean take = !chance(30);
      taken.add(take);
      if (take) {
        passed.add(record);
      }
    }
    if (passed.isEmpty()) {
      requestsRefused.incrementAndGet();
      refuse(exchange, THROTTLED);
      return;
    }
    request.set("Records", passed);
    HttpResponse<byte[]> answer = forward(exchange, CBOR.writeValueAsBytes(request));
    if (answer.statusCode() != 200) {
      answer(exchange, answer.statusCode(), answer.body());
      return;
    }
    ObjectNode response = (ObjectNode) CBOR.readTree(answer.body());
    ArrayNode all = CBOR.createArrayNode();
    int next = 0;
    int failed = response.path("FailedRecordCount").asInt();
    for (boolean take : taken) {
      if (take) {
        all.add(response.path("Records").get(next++));
      } else {
        recordsRefused.incrementAndGet();
        failed++;
        all.addObject().put("ErrorCode", THROTTLED).put("ErrorMessage", "too many");
      }
    }
    response.set("Records", all);
    response.put("FailedRecordCount", failed);
    answer(exchange, 200, CBOR.writeValueAsBytes(response));
  }

  private void refuse(HttpExchange exchange, String type) throws IOException {
    exchange.getResponseHeaders().set("x-amzn-ErrorType", type);
    answer(
        exchange,
        400,
        CBOR.writeValueAsBytes(CBOR.createObjectNode().put("__type", type).put("message", "no")));
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(behind).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    for (String header : List.of(TARGET, CONTENT, "Authorization", "X-Amz-Date", "Accept")) {
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

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    String content = exchange.getRequestHeaders().getFirst(CONTENT);
    exchange.getResponseHeaders().set(CONTENT, String.valueOf(content));
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private boolean chance(int percent) {
    synchronized (random) {
      return random.nextInt(100) < percent;
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    http.close();
  }
}
