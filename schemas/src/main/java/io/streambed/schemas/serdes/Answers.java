/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.serdes;

import io.streambed.schemas.registry.RegistryException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.InterruptException;

/** Waiting for the registry on a thread of a plain Kafka client, which has nothing else to do. */
final class Answers {

  private Answers() {}

  /**
   * @throws RegistryException as the future's
   * @throws InterruptException if the thread is interrupted; its flag is set again
   */
  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw RegistryException.in(e);
    }
  }
}
