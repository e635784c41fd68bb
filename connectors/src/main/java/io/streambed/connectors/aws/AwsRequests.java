/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.aws;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Asks AWS and waits, for what a connector does now and then: looks, validates, registers. Any
 * thread; {@link #close} ends the waiting of all.
 */
public final class AwsRequests implements AutoCloseable {

  private final CountDownLatch closed = new CountDownLatch(1);
  private final int tries;
  private final Duration patience;

  /**
   * @param tries how often something is asked that failed for no reason of ours
   * @param patience longest wait for an answer
   */
  public AwsRequests(int tries, Duration patience) {
    this.tries = tries;
    this.patience = patience;
  }

  /** An answer, or why there is none. */
  public sealed interface Outcome<T> {
    /** AWS did it. */
    record Answered<T>(T answer) implements Outcome<T> {}

    /** It did not, and was asked often enough. */
    record Failed<T>(AwsFailure why) implements Outcome<T> {}
  }

  /**
   * Asks until there is an answer.
   *
   * @param asked for a message, such as "listing the shards of orders"
   * @throws AwsRefusedException if AWS refuses or does not answer
   */
  public <T> T ask(String asked, Supplier<CompletableFuture<T>> request) {
    return switch (outcome(request)) {
      case Outcome.Answered<T> done -> done.answer();
      case Outcome.Failed<T> failed -> throw failed.why().toException(asked);
    };
  }

  /** The same, with a failure as a value. */
  public <T> Outcome<T> outcome(Supplier<CompletableFuture<T>> request) {
    AwsFailure why = new AwsFailure.Unavailable("no try");
    for (int failures = 1; failures <= tries; failures++) {
      try {
        return new Outcome.Answered<>(
            request.get().get(patience.toMillis(), TimeUnit.MILLISECONDS));
      } catch (ExecutionException e) {
        why = AwsFailure.of(e);
      } catch (TimeoutException e) {
        why = new AwsFailure.Unavailable("no answer within " + patience.toSeconds() + " s");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ConnectException("interrupted while waiting for AWS");
      }
      boolean again = why instanceof AwsFailure.Throttled || why instanceof AwsFailure.Unavailable;
      if (!again || (failures < tries && isClosedWithin(BackOff.USUAL, failures))) {
        break;
      }
    }
    return new Outcome.Failed<>(why);
  }

  /**
   * Waits.
   *
   * @return whether this was closed meanwhile
   */
  public boolean isClosedWithin(Duration time) {
    try {
      return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private boolean isClosedWithin(BackOff backOff, int failures) {
    return isClosedWithin(backOff.after(failures, ThreadLocalRandom.current()));
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
