/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A Security Token Service that answers AssumeRole as it was told, in the XML of its API reference.
 * Threads: any.
 */
public final class ScriptedSts implements AutoCloseable {

  /**
   * A request.
   *
   * @param parameters such as RoleArn
   * @param key id of the access key that signed it
   */
  public record Asked(Map<String, String> parameters, String key) {}

  private interface Script {
    void answer(HttpExchange exchange, int before) throws IOException, InterruptedException;
  }

  private final HttpServer server;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Map<String, Instant> ends = new ConcurrentHashMap<>();

  private ScriptedSts() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
  }

  /**
   * Starts one that gives a new key to everyone who asks.
   *
   * @param lifetimes of the first key, the second, and so on; the last one is that of all others
   */
  public static ScriptedSts giving(Duration... lifetimes) throws IOException {
    ScriptedSts sts = new ScriptedSts();
    return sts.start((exchange, before) -> {
      Duration lifetime = lifetimes[Math.min(before, lifetimes.length - 1)];
      Instant end = Instant.now().plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
      sts.ends.put(key(before), end);
      answer(exchange, 200, grant(key(before), end));
    });
  }

  /** Starts one that refuses with this code, such as AccessDenied. */
  public static ScriptedSts refusing(String code) throws IOException {
    return new ScriptedSts().start((exchange, before) -> answer(exchange, 403, refusal(code)));
  }

  /** Starts one that takes requests and does not answer. */
  public static ScriptedSts silent() throws IOException {
    ScriptedSts sts = new ScriptedSts();
    return sts.start((exchange, before) -> sts.closed.await());
  }

  /** Id of the key that was given after so many others. */
  public static String key(int before) {
    return "ASIASESSION" + before;
  }

  /** The token that belongs to a key. */
  public static String token(String key) {
    return "token-of-" + key;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Requests so far, in their order. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** When the time of each key that it gave is over. */
  public Map<String, Instant> ends() {
    return Map.copyOf(ends);
  }

  private ScriptedSts start(Script script) {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            // One thread serves all, so the numbers have no gaps.
            int before = asked.size();
            String key = SignedRequests.credential(exchange).group(1);
            asked.add(new Asked(parameters(form), key));
            script.answer(exchange, before);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
    return this;
  }

  private static String grant(String key, Instant end) {
    return """
    <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
      <AssumeRoleResult>
        <AssumedRoleUser>
          <AssumedRoleId>AROAEXAMPLE:session</AssumedRoleId>
          <Arn>arn:aws:sts::123456789012:assumed-role/reader/session</Arn>
        </AssumedRoleUser>
        <Credentials>
          <AccessKeyId>%s</AccessKeyId>
          <SecretAccessKey>secret</SecretAccessKey>
          <SessionToken>%s</SessionToken>
          <Expiration>%s</Expiration>
        </Credentials>
      </AssumeRoleResult>
    </AssumeRoleResponse>
    """
        .formatted(key, token(key), end);
  }

  private static String refusal(String code) {
    return """
    <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
      <Error>
        <Type>Sender</Type>
        <Code>%s</Code>
        <Message>User: arn:aws:iam::123456789012:user/me is not authorized</Message>
      </Error>
      <RequestId>1</RequestId>
    </ErrorResponse>
    """
        .formatted(code);
  }

  private static Map<String, String> parameters(String form) {
    Map<String, String> parameters = new HashMap<>();
    for (String part : form.split("&", -1)) {
      int equals = part.indexOf('=');
      parameters.put(
          part.substring(0, equals), URLDecoder.decode(part.substring(equals + 1), UTF_8));
    }
    return parameters;
  }

  private static void answer(HttpExchange exchange, int status, String xml) throws IOException {
    byte[] body = xml.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/xml");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
