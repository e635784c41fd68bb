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
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before an emulator and refuses some of what is asked, as Kinesis does under load: whole
 * requests, and single records of a PutRecords. It speaks CBOR, as AWS' own clients do.
 */
public final class FaultyKinesis implements AutoCloseable {

  private static final String THROTTLED = "ProvisionedThroughputExceededException";
  private static final ObjectMapper CBOR = new CBORMapper();

  private final KinesisProxy proxy;
  private final Random random;
  private final AtomicInteger requestsRefused = new AtomicInteger();
  private final AtomicInteger recordsRefused = new AtomicInteger();
  private final AtomicInteger iteratorsExpired = new AtomicInteger();

  private FaultyKinesis(KinesisProxy proxy, long seed) {
    this.proxy = proxy;
    this.random = new Random(seed);
  }

  /** Starts one before that emulator. */
  public static FaultyKinesis before(KinesisEmulator emulator, long seed) throws IOException {
    FaultyKinesis faulty = new FaultyKinesis(new KinesisProxy(emulator), seed);
    faulty.proxy.start(faulty::handle);
    return faulty;
  }

  public String url() {
    return proxy.url();
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

  private void handle(HttpExchange exchange, byte[] body) throws IOException {
    String operation = KinesisProxy.operation(exchange);
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
      HttpResponse<byte[]> answer = proxy.forward(exchange, body);
      KinesisProxy.answer(exchange, answer.statusCode(), answer.body());
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
    HttpResponse<byte[]> answer = proxy.forward(exchange, CBOR.writeValueAsBytes(request));
    if (answer.statusCode() != 200) {
      KinesisProxy.answer(exchange, answer.statusCode(), answer.body());
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
    KinesisProxy.answer(exchange, 200, CBOR.writeValueAsBytes(response));
  }

  private void refuse(HttpExchange exchange, String type) throws IOException {
    exchange.getResponseHeaders().set("x-amzn-ErrorType", type);
    KinesisProxy.answer(
        exchange,
        400,
        CBOR.writeValueAsBytes(CBOR.createObjectNode().put("__type", type).put("message", "no")));
  }

  private boolean chance(int percent) {
    synchronized (random) {
      return random.nextInt(100) < percent;
    }
  }

  @Override
  public void close() {
    proxy.close();
  }
}
