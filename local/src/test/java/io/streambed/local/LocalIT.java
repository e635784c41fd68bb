/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class LocalIT {
  @Test
  void allThreeServeAsSoonAsTheyAreStarted() throws Exception {
    // When
    try (Local local = Local.start(LocalOptions.ephemeral());
        Admin admin = Admin.create(Map.of("bootstrap.servers", local.kafka().bootstrapServers()));
        HttpClient http = HttpClient.newHttpClient()) {
      // Then
      assertThat(admin.describeCluster().nodes().get()).hasSize(1);
      assertThat(status(http, local.registry().url() + "/subjects")).isEqualTo(200);
      assertThat(status(http, local.bedrock().url() + "/nothing")).isEqualTo(404);
    }
  }

  private static int status(HttpClient http, String url) throws Exception {
    return http.send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }
}
