/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

class CredentialsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-20T12:00:00Z"));
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch answer = new CountDownLatch(1);
  private volatile boolean failing;
  private final Credentials credentials = new Credentials(this::fresh, () -> {}, now::get);

  @AfterEach
  void close() {
    answer.countDown();
    credentials.close();
  }

  @Test
  void manyCallersAskOnceAndNoneWaits() throws Exception {
    // When
    CompletableFuture<AwsCredentials> first = credentials.ready(PATIENCE);
    CompletableFuture<AwsCredentials> second = credentials.ready(PATIENCE);

    // Then
    assertThat(first).isNotDone();
    answer.countDown();
    assertThat(get(first)).isEqualTo(get(second));
    assertThat(asked).hasValue(1);
    assertThat(credentials.ready(PATIENCE)).isDone();
    assertThat(credentials.resolveCredentials()).isEqualTo(get(first));
  }

  @Test
  void credentialsThatHaveExpiredAreAskedForAnew() throws Exception {
    // Given
    answer.countDown();
    AwsCredentials old = get(credentials.ready(PATIENCE));

    // When
    now.set(Instant.parse("2026-11-20T13:00:00Z"));

    // Then
    assertThat(get(credentials.ready(PATIENCE))).isNotEqualTo(old);
    assertThat(asked).hasValue(2);
  }

  @Test
  void afterAFailureTheNextCallAsksAgain() throws Exception {
    // Given
    answer.countDown();
    failing = true;
    assertThatThrownBy(() -> get(credentials.ready(PATIENCE)))
        .hasCauseInstanceOf(SdkClientException.class);

    // When
    failing = false;

    // Then
    assertThat(get(credentials.ready(PATIENCE))).isNotNull();
  }

  @Test
  void patienceEnds() {
    assertThatThrownBy(() -> get(credentials.ready(Duration.ofMillis(50))))
        .hasCauseInstanceOf(TimeoutException.class);
  }

  private AwsCredentials fresh() {
    try {
      assertThat(answer.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    int number = asked.incrementAndGet();
    if (failing) {
      throw SdkClientException.create("none");
    }
    return AwsSessionCredentials.builder()
        .accessKeyId("key-" + number)
        .secretAccessKey("secret")
        .sessionToken("token")
        .expirationTime(now.get().plus(Duration.ofMinutes(30)))
        .build();
  }

  private static AwsCredentials get(CompletableFuture<AwsCredentials> ready) throws Exception {
    return ready.get(20, TimeUnit.SECONDS);
  }
}
