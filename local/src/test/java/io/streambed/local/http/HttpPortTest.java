/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.local.http.Exchange.Ending;
import io.streambed.local.port.PortTakenException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpPortTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final HttpClient client = HttpClient.newHttpClient();
  private final CompletableFuture<Ending> ended = new CompletableFuture<>();
  private volatile Consumer<Exchange> handler = exchange -> {};
  private final HttpPort port =
      HttpPort.open(
          "Test",
          "127.0.0.1",
          0,
          "--port",
          exchange -> {
            exchange.whenOver(ended::complete);
            handler.accept(exchange);
          });

  @AfterEach
  void stop() {
    client.close();
    port.close();
  }

  private void onRequest(Consumer<Exchange> handling) {
    handler = handling;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(port.url() + path));
  }

  private Ending ending() throws Exception {
    return ended.get(10, TimeUnit.SECONDS);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  @Test
  void aRequestIsReadAndAnswered() throws Exception {
    // Given
    CompletableFuture<Request> seen = new CompletableFuture<>();
    onRequest(exchange -> {
      seen.complete(exchange.request());
      exchange.reply(201, Map.of("X-Word", "river"), bytes("water"));
    });

    // When
    HttpResponse<String> response =
        client.send(
            request("/a%2Fb/c?name=two%20words&name=2")
                .header("X-Asked", "1")
                .POST(BodyPublishers.ofString("body"))
                .build(),
            BodyHandlers.ofString());

    // Then
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("x-word")).contains("river");
    assertThat(response.body()).isEqualTo("water");
    assertThat(seen.join().method()).isEqualTo("POST");
    assertThat(seen.join().path()).isEqualTo("/a%2Fb/c");
    assertThat(seen.join().query()).containsEntry("name", List.of("two words", "2"));
    assertThat(seen.join().header("x-asked")).contains("1");
    assertThat(seen.join().body()).isEqualTo(bytes("body"));
    assertThat(ending()).isEqualTo(Ending.ANSWERED);
  }

  @Test
  void anAnswerMayComeInPieces() throws Exception {
    // Given
    onRequest(exchange -> {
      exchange.begin(200, Map.of());
      exchange.write(bytes("first "));
      exchange.after(
          Duration.ofMillis(10),
          () -> {
            exchange.write(bytes("last"));
            exchange.end();
          });
    });

    // Then
    assertThat(client.send(request("/").build(), BodyHandlers.ofString()).body())
        .isEqualTo("first last");
    assertThat(ending()).isEqualTo(Ending.ANSWERED);
  }

  @Test
  void aClientThatLeavesIsNoticedWhileItsAnswerIsWaitedFor() throws Exception {
    // Given
    CompletableFuture<Void> received = new CompletableFuture<>();
    onRequest(exchange -> {
      exchange.after(LONG, () -> exchange.reply(200, Map.of(), new byte[0]));
      received.complete(null);
    });

    // When
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.port())) {
      socket.getOutputStream().write(bytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
      received.get(10, TimeUnit.SECONDS);
    }

    // Then
    assertThat(ending()).isEqualTo(Ending.LEFT);
  }

  @Test
  void whatIsOpenIsOverWhenTheServerStops() throws Exception {
    // Given
    CompletableFuture<Void> received = new CompletableFuture<>();
    onRequest(exchange -> received.complete(null));
    var call = client.sendAsync(request("/").build(), BodyHandlers.discarding());
    received.get(10, TimeUnit.SECONDS);

    // When
    port.close();

    // Then
    assertThat(ending()).isEqualTo(Ending.LEFT);
    assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
  }

  @Test
  void requestsThatComeEarlyAreAnsweredInTheirOrder() throws Exception {
    // Given
    onRequest(exchange -> {
      boolean first = exchange.request().path().equals("/1");
      exchange.after(
          Duration.ofMillis(first ? 50 : 0),
          () -> exchange.reply(200, Map.of(), bytes("answer " + exchange.request().path())));
    });

    // When
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.port())) {
      socket
          .getOutputStream()
          .write(
              bytes(
                  "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
      String all = new String(socket.getInputStream().readAllBytes(), US_ASCII);

      // Then
      assertThat(all).containsSubsequence("200 OK", "answer /1", "200 OK", "answer /2");
    }
  }

  @Test
  void whatIsNoHttpIsRefused() throws Exception {
    // Given
    onRequest(exchange -> exchange.reply(200, Map.of(), new byte[0]));

    // When
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.port())) {
      socket.getOutputStream().write(bytes("GET / HTTP/1.1 and more\r\nNo header\r\n\r\n"));

      // Then
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void aStepThatFailsIsAnErrorOfTheServer() throws Exception {
    // Given
    onRequest(exchange ->
        exchange.after(
            Duration.ZERO,
            () -> {
              throw new IllegalStateException("a defect");
            }));

    // Then
    assertThat(client.send(request("/").build(), BodyHandlers.discarding()).statusCode())
        .isEqualTo(500);
  }

  @Test
  void anyThreadMayAnswer() throws Exception {
    // Given
    onRequest(exchange ->
        Thread.ofPlatform().start(() -> exchange.reply(200, Map.of(), bytes("from elsewhere"))));

    // Then
    assertThat(client.send(request("/").build(), BodyHandlers.ofString()).body())
        .isEqualTo("from elsewhere");
  }

  @Test
  void anExchangeIsOverOnce() throws Exception {
    // Given
    CompletableFuture<Void> late = new CompletableFuture<>();
    onRequest(exchange -> {
      exchange.after(Duration.ofMillis(1), () -> late.complete(null));
      exchange.cut();
      exchange.cut();
      exchange.reply(200, Map.of(), new byte[0]);
    });

    // When, Then
    assertThatThrownBy(() -> client.send(request("/").build(), BodyHandlers.discarding()))
        .isInstanceOf(IOException.class);
    assertThat(ending()).isEqualTo(Ending.CUT);
    assertThat(late).isNotDone();
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    // Given
    onRequest(exchange -> {});

    // Then
    assertThatThrownBy(
            () -> HttpPort.open("Other", "127.0.0.1", port.port(), "--other-port", exchange -> {}))
        .isInstanceOf(PortTakenException.class)
        .hasMessageContaining("--other-port");
  }
}
