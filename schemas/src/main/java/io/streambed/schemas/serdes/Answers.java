/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.serdes;

import io.streambed.schemas.registry.RegistryException;
import io.streambed.schemas.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;

/** Waiting for the registry on a thread of a plain Kafka client, which has nothing else to do. */
final class Answers {

  private Answers() {}

  /**
   * @param patience after which it is given up, whatever keeps the client from ending its question
   * @throws RegistryException as the future's, or that there was no answer in time
   * @throws InterruptException if the thread is interrupted; its flag is set again
   */
  static <T> T await(CompletableFuture<T> future, Duration patience) {
    try {
      return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw RegistryException.in(e);
    } catch (TimeoutException e) {
      throw RegistryUnavailableException.after(patience);
    }
  }
}
