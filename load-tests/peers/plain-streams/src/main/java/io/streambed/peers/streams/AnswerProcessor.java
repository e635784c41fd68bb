/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.peers.streams;

import io.streambed.peers.work.CallFailedException;
import io.streambed.peers.work.Peer;
import io.streambed.peers.work.PromptWork;
import io.streambed.peers.work.PromptWork.Answered;
import java.util.concurrent.CompletionException;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Answers one record after the other; the thread waits for each answer. */
final class AnswerProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

  private final PromptWork work;

  AnswerProcessor(PromptWork work) {
    this.work = work;
  }

  @Override
  public void process(Record<byte[], byte[]> request) {
    String place =
        context()
            .recordMetadata()
            .map(it -> it.topic() + "-" + it.partition() + "-" + it.offset())
            .orElse("");
    Answered answered = answer(request.key(), request.value(), request.timestamp(), place);
    context()
        .forward(
            new Record<>(
                answered.key(),
                answered.value(),
                context().currentSystemTimeMs(),
                request.headers()));
  }

  /** Nothing else can be done meanwhile, so a failed call is tried again here. */
  private Answered answer(byte @Nullable [] key, byte[] value, long timestamp, String place) {
    for (int failures = 0; ; ) {
      try {
        return work.answer(key, value, timestamp, place).join();
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof CallFailedException)) {
          throw e;
        }
        pause(Peer.backoffMillis(++failures));
      }
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
