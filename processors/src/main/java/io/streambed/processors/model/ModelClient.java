/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import java.util.concurrent.CompletableFuture;

/** Makes calls to language models without blocking. Safe for use by many threads. */
public interface ModelClient extends AutoCloseable {

  /**
   * Starts one call and returns at once.
   *
   * @return completes on a thread of the client's choosing, always with a value: a failure is a
   *     {@link ModelResult.Failed}, never an exception. Whoever attaches to it must not block.
   */
  CompletableFuture<ModelResult> call(ModelCall call);

  /** Ends calls that are still open and frees connections and threads. */
  @Override
  void close();
}
