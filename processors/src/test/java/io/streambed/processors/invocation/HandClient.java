/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.ModelCall;
import io.streambed.processors.model.ModelCall.EmbeddingCall;
import io.streambed.processors.model.ModelClient;
import io.streambed.processors.model.ModelResult;
import io.streambed.processors.model.ModelResult.Failed;
import io.streambed.processors.model.ModelResult.PromptAnswered;
import io.streambed.processors.model.ModelResult.TextsEmbedded;
import io.streambed.processors.model.Vector;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A model whose calls end when and how a test says. */
final class HandClient implements ModelClient {

  /** A call that was made. */
  record Made(ModelCall call, CompletableFuture<ModelResult> end) {

    void answer(String text) {
      end.complete(
          new PromptAnswered(
              List.of(ContentBlock.newBuilder().setText(text).build()),
              "end_turn",
              Optional.empty(),
              new TokenUsage(10L, 5L, 0L, 0L, 0L)));
    }

    /** Each text's vector is its length, so that a test sees whose it is. */
    void embed() {
      List<Vector> vectors = new ArrayList<>();
      ((EmbeddingCall) call)
          .texts()
          .forEach(
              text -> vectors.add(new Vector.Floats(List.of((float) text.getText().length()))));
      end.complete(new TextsEmbedded(vectors, new TokenUsage(10L, 0L, 0L, 0L, 0L), false));
    }

    void fail(CallFailure reason) {
      end.complete(Failed.of(reason, "scripted"));
    }
  }

  final List<Made> made = new ArrayList<>();
  private @Nullable Function<ModelCall, CompletableFuture<ModelResult>> atOnce;

  /** From now on calls do as the script says, on the thread that makes them. */
  void script(Function<ModelCall, CompletableFuture<ModelResult>> script) {
    atOnce = script;
  }

  @Override
  public CompletableFuture<ModelResult> call(ModelCall call) {
    Made next = new Made(call, new CompletableFuture<>());
    made.add(next);
    return atOnce == null ? next.end() : atOnce.apply(call);
  }

  Made last() {
    return made.getLast();
  }

  @Override
  public void close() {}
}
