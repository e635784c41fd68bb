/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Credentials that never block the thread that makes a call. The SDK asks its providers on that
 * thread, and they go to the network when they have nothing or when a renewal failed; here that
 * would be a Kafka Streams thread. So a provider is asked on a thread of its own, before the first
 * call and again and again, and the SDK is given what that brought. Safe for use by many threads.
 */
final class Credentials implements AwsCredentialsProvider, AutoCloseable {

  // The providers renew minutes before the end; asking costs nothing in between.
  private static final Duration ASK_EVERY = Duration.ofSeconds(10);

  private final AwsCredentialsProvider source;
  private final Runnable closing;
  private final InstantSource clock;
  private final ScheduledExecutorService asking;
  private volatile @Nullable AwsCredentials current;
  private @Nullable CompletableFuture<AwsCredentials> asked;

  /**
   * @param source asked on one thread only
   * @param closing frees what the source holds
   */
  Credentials(AwsCredentialsProvider source, Runnable closing, InstantSource clock) {
    this.source = source;
    this.closing = closing;
    this.clock = clock;
    this.asking =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("bedrock-credentials").factory());
    this.asking.scheduleWithFixedDelay(
        this::renew, ASK_EVERY.toSeconds(), ASK_EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  /**
   * Completes when there are credentials, at once if there are; else with the reason.
   *
   * @param patience longest wait
   */
  CompletableFuture<AwsCredentials> ready(Duration patience) {
    AwsCredentials known = current;
    return known != null && !expired(known)
        ? CompletableFuture.completedFuture(known)
        : ask().copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized CompletableFuture<AwsCredentials> ask() {
    CompletableFuture<AwsCredentials> running = asked;
    if (running == null || running.isDone()) {
      running = CompletableFuture.supplyAsync(this::fetch, asking);
      asked = running;
    }
    return running;
  }

  private AwsCredentials fetch() {
    AwsCredentials fresh = source.resolveCredentials();
    current = fresh;
    return fresh;
  }

  private void renew() {
    if (current != null) {
      try {
        fetch();
      } catch (RuntimeException e) {
        // Those at hand serve until they expire; then the call that needs others is told why.
      }
    }
  }

  private boolean expired(AwsCredentials credentials) {
    return credentials.expirationTime().filter(end -> !end.isAfter(clock.instant())).isPresent();
  }

  @Override
  public AwsCredentials resolveCredentials() {
    AwsCredentials known = current;
    if (known == null) {
      throw new NoCredentialsException(new IllegalStateException("asked too early"));
    }
    return known;
  }

  @Override
  public void close() {
    asking.shutdownNow();
    closing.run();
  }
}
