/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpPortTest {

  @Test
  void aConnectionThatIsClosedAlreadyCanBeCut() throws Exception {
    // Given
    CompletableFuture<Void> twice = new CompletableFuture<>();
    try (HttpPort port =
            HttpPort.open("Test", "127.0.0.1", 0, "--port", exchange -> cutTwice(exchange, twice));
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(port.url() + "/")).build();

      // When, Then
      assertThatThrownBy(() -> client.send(request, BodyHandlers.discarding()))
          .isInstanceOf(IOException.class);
      assertThat(twice.get(10, TimeUnit.SECONDS)).isNull();
    }
  }

  private static void cutTwice(Exchange exchange, CompletableFuture<Void> twice) {
    try {
      exchange.client().cut();
      exchange.client().cut();
      twice.complete(null);
    } catch (RuntimeException e) {
      twice.completeExceptionally(e);
    }
  }
}
