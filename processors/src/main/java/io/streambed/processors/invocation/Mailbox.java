/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Where a task finds the ends of its calls. Any thread posts; the task's stream thread takes. */
final class Mailbox {

  private final ConcurrentLinkedQueue<Completion> completions = new ConcurrentLinkedQueue<>();

  void post(Completion completion) {
    completions.add(completion);
  }

  @Nullable Completion take() {
    return completions.poll();
  }

  boolean isEmpty() {
    return completions.isEmpty();
  }
}
