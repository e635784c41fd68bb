/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.bedrock.ScriptedServer.Scripted;
import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelCall;
import io.streambed.processors.model.ModelCall.PromptCall;
import io.streambed.processors.model.ModelResult;
import io.streambed.processors.model.ModelResult.Failed;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.Message;
import io.streambed.schemas.Role;
import io.streambed.schemas.ToolUseBlock;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Whatever goes wrong on the way becomes a result that says what follows and quotes nothing. */
class FailuresIT {

  private static final String CANARY = "canary-7f3a";
  private static final PromptCall CALL = Calls.prompt(CANARY);

  private static final AtomicReference<Scripted> SCRIPT = new AtomicReference<>();
  private static ScriptedServer server;
  private static BedrockModelClient client;

  private final CountDownLatch released = new CountDownLatch(1);

  @BeforeAll
  static void start() {
    server = ScriptedServer.answering(any -> SCRIPT.get());
    client = client(server.uri());
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @AfterEach
  void release() {
    released.countDown();
  }

  @ParameterizedTest
  @CsvSource({
    "429, ThrottlingException, THROTTLED",
    "429, ModelNotReadyException, NOT_READY",
    "400, ServiceQuotaExceededException, QUOTA_EXCEEDED",
    "503, ServiceUnavailableException, UNAVAILABLE",
    "500, InternalServerException, PROVIDER_ERROR",
    "408, ModelTimeoutException, TIMEOUT",
    "424, ModelErrorException, PROVIDER_ERROR",
    "400, ValidationException, REJECTED",
    "403, AccessDeniedException, ACCESS_DENIED",
    "404, ResourceNotFoundException, UNKNOWN_MODEL_ID",
    "502, BadGateway, UNAVAILABLE",
  })
  void anErrorOfBedrockIsSortedAndAskedOnce(int status, String type, CallFailure reason)
      throws Exception {
    // Given: an answer that quotes the request
    SCRIPT.set(Scripted.error(status, type, "Bad: " + CANARY));
    int before = server.received().size();

    // When
    Failed failed = failure(client, CALL);

    // Then
    assertThat(failed.reason()).isEqualTo(reason);
    assertThat(server.received()).hasSize(before + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"output\":", "canary-7f3a", "{}", "[]", "\"canary-7f3a\""})
  void anAnswerThatIsNoneIsMalformed(String body) throws Exception {
    // Given
    SCRIPT.set(Scripted.ok(body));

    // Then
    assertThat(failure(client, CALL).reason()).isEqualTo(CallFailure.MALFORMED_ANSWER);
  }

  @Test
  void anErrorPageOfSomethingBetweenIsSortedByItsStatus() throws Exception {
    // Given
    SCRIPT.set(new Scripted(502, Map.of("Content-Type", "text/html"), "<html>Bad gateway</html>"));

    // Then
    assertThat(failure(client, CALL).reason()).isEqualTo(CallFailure.UNAVAILABLE);
  }

  @Test
  void aRequestThatCannotBeSentNamesItsFieldAndIsNotSent() throws Exception {
    // Given
    ContentBlock broken =
        ContentBlock.newBuilder().setToolUse(new ToolUseBlock("t", "n", "{" + CANARY)).build();
    ModelCall call =
        Calls.prompt(
            Calls.CHAT,
            Calls.asking("Hi")
                .setMessages(List.of(new Message(Role.ASSISTANT, List.of(broken))))
                .build());
    int before = server.received().size();

    // When
    Failed failed = failure(client, call);

    // Then
    assertThat(failed.reason()).isEqualTo(CallFailure.REJECTED);
    assertThat(failed.field()).contains("messages[0].content[0].toolUse.input");
    assertThat(server.received()).hasSize(before);
  }

  @Test
  void aModelThatEmbedsInNoKnownWayStopsItsLane() throws Exception {
    // Given
    ModelCall call = Calls.embedding(new Lane("acme.embed-v1", "us-east-1", 1), CANARY);

    // Then
    assertThat(failure(client, call).reason()).isEqualTo(CallFailure.UNKNOWN_MODEL_ID);
  }

  @Test
  void noServerIsAFailureOfTheConnection() throws Exception {
    // Given
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    // Then
    try (BedrockModelClient lost = client(nobody)) {
      assertThat(failure(lost, CALL).reason()).isEqualTo(CallFailure.NO_CONNECTION);
    }
  }

  @Test
  void aConnectionThatIsCutIsAFailureOfTheConnection() throws Exception {
    // Given: a server that reads a little and hangs up
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread cutting =
          Thread.ofVirtual()
              .start(() -> {
                try (var connection = socket.accept()) {
                  connection.getInputStream().read();
                } catch (java.io.IOException e) {
                  // The test is over.
                }
              });
      try (BedrockModelClient cut =
          client(URI.create("http://127.0.0.1:" + socket.getLocalPort()))) {
        // Then
        assertThat(failure(cut, CALL).reason()).isEqualTo(CallFailure.CONNECTION);
      }
      cutting.join();
    }
  }

  @Test
  void silenceIsATimeOut() throws Exception {
    // Given
    try (ScriptedServer silent = ScriptedServer.answering(any -> afterRelease());
        BedrockModelClient hasty =
            client(silent.uri(), Duration.ofMillis(200), Duration.ofSeconds(20))) {
      // Then
      assertThat(failure(hasty, CALL).reason()).isEqualTo(CallFailure.TIMEOUT);
      released.countDown();
    }
  }

  @Test
  void aCallThatLastsTooLongIsATimeOut() throws Exception {
    // Given
    try (ScriptedServer silent = ScriptedServer.answering(any -> afterRelease());
        BedrockModelClient hasty =
            client(silent.uri(), Duration.ofMillis(300), Duration.ofMillis(300))) {
      // Then
      assertThat(failure(hasty, CALL).reason()).isEqualTo(CallFailure.TIMEOUT);
      released.countDown();
    }
  }

  @Test
  void closingEndsWhatIsOpenAndRefusesWhatComes() throws Exception {
    // Given
    CountDownLatch arrived = new CountDownLatch(1);
    try (ScriptedServer silent =
        ScriptedServer.answering(any -> {
          arrived.countDown();
          return afterRelease();
        })) {
      BedrockModelClient closing = client(silent.uri());
      CompletableFuture<ModelResult> open = closing.call(CALL);
      assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();

      // When
      closing.close();

      // Then
      assertThat(failure(open).reason()).isEqualTo(CallFailure.CONNECTION);
      assertThat(failure(closing, CALL).reason()).isEqualTo(CallFailure.CONNECTION);
      released.countDown();
    }
  }

  @Test
  void credentialsThatCannotBeHadStopTheLane() throws Exception {
    // Given
    AwsCredentialsProvider none =
        () -> {
          throw SdkClientException.create("Unable to load " + CANARY);
        };

    // Then
    try (BedrockModelClient anonymous =
        client(new Credentials(none, () -> {}, InstantSource.system()))) {
      assertThat(failure(anonymous, CALL).reason()).isEqualTo(CallFailure.ACCESS_DENIED);
    }
  }

  @Test
  void slowCredentialsHoldUpOnlyTheirCall() throws Exception {
    // Given
    SCRIPT.set(Scripted.error(429, "ThrottlingException", "wait"));
    AwsCredentialsProvider slow =
        () -> {
          await(released);
          return AwsBasicCredentials.create("a", "b");
        };
    try (BedrockModelClient patient =
        client(new Credentials(slow, () -> {}, InstantSource.system()))) {
      // When: the call returns although its credentials are not there
      CompletableFuture<ModelResult> result = patient.call(CALL);

      // Then
      assertThat(result).isNotDone();
      released.countDown();
      assertThat(failure(result).reason()).isEqualTo(CallFailure.THROTTLED);
    }
  }

  private Scripted afterRelease() {
    await(released);
    return Scripted.ok("{}");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The failure of a call; whatever it was, it holds nothing of the request. */
  private static Failed failure(BedrockModelClient client, ModelCall call) throws Exception {
    return failure(client.call(call));
  }

  private static Failed failure(CompletableFuture<ModelResult> future) throws Exception {
    ModelResult result = future.get(30, TimeUnit.SECONDS);
    assertThat(result).isInstanceOf(Failed.class);
    assertThat(result.toString()).doesNotContain(CANARY);
    assertThat(((Failed) result).message()).isNotBlank();
    return (Failed) result;
  }

  private static BedrockModelClient client(URI endpoint) {
    return client(endpoint, Duration.ofSeconds(30), Duration.ofSeconds(40));
  }

  private static BedrockModelClient client(URI endpoint, Duration read, Duration call) {
    return new BedrockModelClient(config(endpoint, read, call), List.of(Calls.CHAT));
  }

  private static BedrockModelClient client(Credentials credentials) {
    return new BedrockModelClient(
        config(server.uri(), Duration.ofSeconds(30), Duration.ofSeconds(40)),
        List.of(Calls.CHAT),
        credentials);
  }

  private static BedrockConfig config(URI endpoint, Duration read, Duration call) {
    return new BedrockConfig(
        "us-east-1",
        Optional.of(endpoint),
        false,
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        read,
        call,
        Optional.empty(),
        Optional.empty());
  }
}
