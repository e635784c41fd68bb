/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalRegistryIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String V1 = record("{\"name\":\"a\",\"type\":\"string\"}");
  private static final String WITH_DEFAULT =
      record(
          "{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"int\",\"default\":0}");
  private static final String WITHOUT_DEFAULT =
      record("{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"int\"}");
  private static final String EMPTY = record("");

  private final HttpClient http = HttpClient.newHttpClient();
  private LocalRegistry registry;

  /** Status and body of an answer. */
  private record Got(int status, JsonNode body) {
    int code() {
      return body.path("error_code").asInt();
    }
  }

  @BeforeEach
  void start() {
    registry = LocalRegistry.start("127.0.0.1", 0);
  }

  @AfterEach
  void stop() {
    registry.close();
    http.close();
  }

  @Test
  void aSchemaThatIsRegisteredIsFoundInEveryWay() throws Exception {
    // When
    int id = post("/subjects/s-value/versions", schema(V1)).body().get("id").asInt();

    // Then
    assertThat(get("/subjects").body()).hasToString("[\"s-value\"]");
    assertThat(get("/subjects/s-value/versions").body()).hasToString("[1]");
    assertThat(get("/schemas/ids/" + id).body().get("schema").asText()).contains("\"a\"");
    assertThat(get("/schemas/ids/" + id + "/versions").body().get(0).get("subject").asText())
        .isEqualTo("s-value");
    assertThat(get("/subjects/s-value/versions/latest").body().get("version").asInt()).isEqualTo(1);
    assertThat(get("/subjects/s-value/versions/1/schema").body().asText()).contains("\"a\"");
    Got found = post("/subjects/s-value", schema(V1));
    assertThat(found.body().get("id").asInt()).isEqualTo(id);
    assertThat(get("/schemas/types").body()).hasToString("[\"AVRO\"]");
  }

  @Test
  void theSameSchemaHasTheSameIdEverywhereAndNoSecondVersion() throws Exception {
    // When
    int one = post("/subjects/s/versions", schema(V1)).body().get("id").asInt();
    int again = post("/subjects/s/versions", schema(" " + V1)).body().get("id").asInt();
    int elsewhere = post("/subjects/t/versions", schema(V1)).body().get("id").asInt();
    int other = post("/subjects/s/versions", schema(WITH_DEFAULT)).body().get("id").asInt();

    // Then
    assertThat(again).isEqualTo(one);
    assertThat(elsewhere).isEqualTo(one);
    assertThat(other).isNotEqualTo(one);
    assertThat(get("/subjects/s/versions").body()).hasToString("[1,2]");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /subjects/none/versions, 404, 40401",
    "GET, /subjects/none/versions/latest, 404, 40401",
    "GET, /subjects/s/versions/7, 404, 40402",
    "GET, /subjects/s/versions/x, 422, 42202",
    "GET, /schemas/ids/99, 404, 40403",
    "GET, /config/s, 404, 40408",
    "GET, /nothing, 404, 404",
    "POST, /subjects/s/versions, 422, 42201",
    "DELETE, /subjects/none, 404, 40401",
    "PUT, /config, 422, 42203",
    "PUT, /mode, 422, 42204",
  })
  void anErrorHasTheStatusAndCodeOfConfluent(String method, String path, int status, int code)
      throws Exception {
    // Given
    post("/subjects/s/versions", schema(V1));

    // When
    Got got = send(method, path, "{\"schema\":\"no schema\"}");

    // Then
    assertThat(got.status()).isEqualTo(status);
    assertThat(got.code()).isEqualTo(code);
    assertThat(got.body().get("message").asText()).isNotBlank();
  }

  @Test
  void aSchemaThatWasNotRegisteredIsNotFoundUnderItsSubject() throws Exception {
    // Given
    post("/subjects/s/versions", schema(V1));

    // Then
    assertThat(post("/subjects/s", schema(EMPTY)).code()).isEqualTo(40403);
    assertThat(post("/subjects/none", schema(V1)).code()).isEqualTo(40401);
  }

  @ParameterizedTest
  @CsvSource({
    "BACKWARD, default, true",
    "BACKWARD, required, false",
    "BACKWARD, empty, true",
    "FORWARD, required, true",
    "FORWARD, empty, false",
    "FULL, default, true",
    "FULL, empty, false",
    "FULL_TRANSITIVE, required, false",
    "NONE, required, true",
  })
  void aLevelDecidesWhatMayBeRegistered(String level, String change, boolean allowed)
      throws Exception {
    // Given
    String next =
        switch (change) {
          case "default" -> WITH_DEFAULT;
          case "required" -> WITHOUT_DEFAULT;
          default -> EMPTY;
        };
    post("/subjects/s/versions", schema(V1));
    send("PUT", "/config/s", "{\"compatibility\":\"" + level + "\"}");

    // When
    Got tested = post("/compatibility/subjects/s/versions/latest?verbose=true", schema(next));
    Got registered = post("/subjects/s/versions", schema(next));

    // Then
    assertThat(tested.body().get("is_compatible").asBoolean()).isEqualTo(allowed);
    assertThat(tested.body().get("messages").isEmpty()).isEqualTo(allowed);
    assertThat(registered.status()).isEqualTo(allowed ? 200 : 409);
    assertThat(registered.code()).isEqualTo(allowed ? 0 : 409);
  }

  @Test
  void onlyATransitiveLevelLooksFurtherBack() throws Exception {
    // Given: the second version cannot be read by the third through the first alone
    send("PUT", "/config", "{\"compatibility\":\"NONE\"}");
    post("/subjects/s/versions", schema(EMPTY));
    post("/subjects/s/versions", schema(WITHOUT_DEFAULT));

    // When
    send("PUT", "/config", "{\"compatibility\":\"BACKWARD\"}");
    Got last = post("/subjects/s/versions", schema(V1));
    send("PUT", "/config", "{\"compatibility\":\"BACKWARD_TRANSITIVE\"}");
    Got all = post("/subjects/s/versions", schema(record("{\"name\":\"b\",\"type\":\"int\"}")));

    // Then
    assertThat(last.status()).isEqualTo(200);
    assertThat(all.status()).isEqualTo(409);
  }

  @Test
  void aReferenceIsResolved() throws Exception {
    // Given
    post("/subjects/inner/versions", schema(V1));

    // When
    String outer =
        """
        {"schema":"{\\"type\\":\\"record\\",\\"name\\":\\"Outer\\",\\"fields\\":[{\\"name\\":\\"r\\",\\"type\\":\\"R\\"}]}",
         "references":[{"name":"R","subject":"inner","version":1}]}
        """;
    Got got = post("/subjects/outer/versions", outer);

    // Then
    assertThat(got.status()).isEqualTo(200);
    assertThat(get("/subjects/outer/versions/1").body().get("references")).hasSize(1);
  }

  @Test
  void aSubjectThatIsDeletedIsHiddenAndItsIdStaysReadable() throws Exception {
    // Given
    int id = post("/subjects/s/versions", schema(V1)).body().get("id").asInt();

    // When
    Got deleted = send("DELETE", "/subjects/s", "");

    // Then
    assertThat(deleted.body()).hasToString("[1]");
    assertThat(get("/subjects").body()).isEmpty();
    assertThat(get("/subjects?deleted=true").body()).hasSize(1);
    assertThat(get("/schemas/ids/" + id).status()).isEqualTo(200);
    assertThat(send("DELETE", "/subjects/s?permanent=true", "").status()).isEqualTo(200);
    assertThat(get("/subjects?deleted=true").body()).isEmpty();
  }

  @Test
  void aSubjectThatIsReadOnlyTakesNoSchema() throws Exception {
    // When
    send("PUT", "/mode/s", "{\"mode\":\"READONLY\"}");

    // Then
    assertThat(post("/subjects/s/versions", schema(V1)).code()).isEqualTo(42205);
    assertThat(post("/subjects/t/versions", schema(V1)).status()).isEqualTo(200);
  }

  @Test
  void aSubjectMayHaveASlashInItsName() throws Exception {
    // When
    post("/subjects/a%2Fb/versions", schema(V1));

    // Then
    assertThat(get("/subjects").body()).hasToString("[\"a/b\"]");
  }

  @Test
  void aRegistryThatIsToldToFailFailsUntilItRecovers() throws Exception {
    // When
    registry.fail(503);
    Got failed = get("/subjects");
    registry.recover();

    // Then
    assertThat(failed.status()).isEqualTo(503);
    assertThat(get("/subjects").status()).isEqualTo(200);
  }

  @Test
  void aRegistryThatIsStartedAgainKeepsItsAddressAndItsSchemas() throws Exception {
    // Given
    post("/subjects/s/versions", schema(V1));

    // When
    registry.stop();
    assertThatThrownBy(() -> get("/subjects")).isInstanceOf(IOException.class);
    registry.restart();

    // Then
    assertThat(get("/subjects").body()).hasSize(1);
  }

  @Test
  void onlyACallerWithThePasswordIsServedWhereThereIsOne() throws Exception {
    try (LocalRegistry guarded =
        LocalRegistry.start(RegistryOptions.ephemeral().withCredentials("user", "secret"))) {
      // Given
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(guarded.url() + "/subjects"));
      String pair =
          Base64.getEncoder().encodeToString("user:secret".getBytes(StandardCharsets.UTF_8));

      // When
      int stranger = http.send(request.build(), text()).statusCode();
      int known =
          http.send(request.header("Authorization", "Basic " + pair).build(), text()).statusCode();

      // Then
      assertThat(stranger).isEqualTo(401);
      assertThat(known).isEqualTo(200);
    }
  }

  private static String record(String fields) {
    return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}";
  }

  private static String schema(String text) {
    return MAPPER.createObjectNode().put("schema", text).toString();
  }

  private Got get(String path) throws Exception {
    return send("GET", path, "");
  }

  private Got post(String path, String body) throws Exception {
    return send("POST", path, body);
  }

  private Got send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(registry.url() + path))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, text());
    return new Got(response.statusCode(), MAPPER.readTree(response.body()));
  }

  private static HttpResponse.BodyHandler<String> text() {
    return HttpResponse.BodyHandlers.ofString();
  }
}
