/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.peers.flink;

import io.streambed.peers.work.PeerOptions;
import io.streambed.peers.work.PromptWork;
import io.streambed.peers.work.PromptWork.Answered;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;

/** Starts a call for each prompt; Flink holds as many open as the operator's capacity. */
final class AnswerFunction extends RichAsyncFunction<Prompt, Result> {

  private static final long serialVersionUID = 1L;

  // The function itself travels to where it runs.
  private final String[] arguments;
  private transient @Nullable PromptWork work;

  AnswerFunction(String... arguments) {
    this.arguments = arguments;
  }

  @Override
  public void open(OpenContext context) {
    work = PromptWork.nonBlocking(PeerOptions.of(arguments));
  }

  @Override
  public void asyncInvoke(Prompt prompt, ResultFuture<Result> future) {
    Objects.requireNonNull(work)
        .answer(prompt.key, prompt.value, prompt.timestamp, prompt.place)
        .whenComplete((answered, failure) -> {
          if (failure == null) {
            future.complete(List.of(result(answered)));
          } else {
            future.completeExceptionally(failure);
          }
        });
  }

  private static Result result(Answered answered) {
    Result result = new Result();
    result.key = answered.key();
    result.value = answered.value();
    return result;
  }

  @Override
  public void close() {
    if (work != null) {
      work.close();
    }
  }
}
