/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stands before an emulator, passes everything on, and notes with whose key each request was
 * signed: emulators take any. Threads: any.
 */
public final class SignedRequests implements AutoCloseable {

  /** Credential=KEY/DAY/REGION/SERVICE/aws4_request, see "Signature Version 4" of AWS. */
  private static final Pattern CREDENTIAL =
      Pattern.compile("Credential=([^/,]+)/[0-9]+/([^/,]+)/([^/,]+)/aws4_request");

  /**
   * A request.
   *
   * @param operation such as GetRecords
   * @param key id of the access key that signed it
   * @param region for which it was signed
   * @param token that came with it; temporary keys have one
   * @param at when it came
   */
  public record Signed(
      String operation, String key, String region, @Nullable String token, Instant at) {}

  private final KinesisProxy proxy;
  private final List<Signed> seen = new CopyOnWriteArrayList<>();

  private SignedRequests(KinesisProxy proxy) {
    this.proxy = proxy;
  }

  /** Starts to watch what is asked of that emulator. */
  public static SignedRequests before(KinesisEmulator emulator) throws IOException {
    SignedRequests requests = new SignedRequests(new KinesisProxy(emulator));
    requests.proxy.start(requests::handle);
    return requests;
  }

  public String url() {
    return proxy.url();
  }

  /** Those that came so far, in their order. */
  public List<Signed> seen() {
    return List.copyOf(seen);
  }

  /** Ids of the keys that signed them. */
  public Set<String> keys() {
    return seen.stream().map(Signed::key).collect(Collectors.toSet());
  }

  private void handle(HttpExchange exchange, byte[] body) throws IOException {
    seen.add(signed(exchange));
    HttpResponse<byte[]> answer = proxy.forward(exchange, body);
    KinesisProxy.answer(exchange, answer.statusCode(), answer.body());
  }

  private static Signed signed(HttpExchange exchange) {
    Matcher credential = credential(exchange);
    return new Signed(
        KinesisProxy.operation(exchange),
        credential.group(1),
        credential.group(2),
        exchange.getRequestHeaders().getFirst("X-Amz-Security-Token"),
        Instant.now());
  }

  /** Who signed a request: key, region and service. */
  static Matcher credential(HttpExchange exchange) {
    String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    Matcher credential = CREDENTIAL.matcher(header);
    if (!credential.find()) {
      throw new IllegalArgumentException("a request is not signed: " + header);
    }
    return credential;
  }

  @Override
  public void close() {
    proxy.close();
  }
}
