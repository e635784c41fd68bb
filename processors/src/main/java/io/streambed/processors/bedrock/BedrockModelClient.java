/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.EmbeddingFamily;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelCall;
import io.streambed.processors.model.ModelCall.EmbeddingCall;
import io.streambed.processors.model.ModelCall.PromptCall;
import io.streambed.processors.model.ModelClient;
import io.streambed.processors.model.ModelResult;
import io.streambed.processors.model.ModelResult.Failed;
import io.streambed.processors.model.RequestRules;
import io.streambed.processors.model.RequestRules.Violation;
import io.streambed.schemas.TokenUsage;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;

/**
 * Calls Amazon Bedrock. Results arrive on the SDK's event loops. Nothing is retried here: a call is
 * one HTTP request.
 */
public final class BedrockModelClient implements ModelClient {

  private final BedrockConfig config;
  private final List<Lane> lanes;
  private final Credentials credentials;
  private final RegionClients clients;
  private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Complete when no client of the SDK is being built ahead. */
  private volatile CompletableFuture<Void> prepared = CompletableFuture.completedFuture(null);

  /**
   * @param lanes all lanes that will be called: their concurrency sizes the connection pools
   */
  public BedrockModelClient(BedrockConfig config, Collection<Lane> lanes) {
    this(config, lanes, CredentialsSource.of(config));
  }

  BedrockModelClient(BedrockConfig config, Collection<Lane> lanes, Credentials credentials) {
    this.config = config;
    this.lanes = List.copyOf(lanes);
    this.credentials = credentials;
    this.clients = new RegionClients(config, lanes, credentials);
  }

  /**
   * The SDK's client that serves a lane, with our settings and nothing of ours around it: to
   * measure what the SDK alone can do. Completes when it can sign; closed with this one.
   */
  public CompletableFuture<BedrockRuntimeAsyncClient> sdkClient(Lane lane) {
    return credentials.ready(config.callTimeout()).thenApply(ready -> clients.of(lane));
  }

  /**
   * Builds the SDK's clients and asks for credentials on threads of their own, so that the first
   * calls wait for neither. What fails here fails again in a call, and is told there.
   */
  public void prepare() {
    Thread.Builder thread = Thread.ofPlatform().daemon().name("bedrock-prepare");
    prepared = CompletableFuture.runAsync(() -> lanes.forEach(clients::of), thread::start);
    credentials.ready(config.callTimeout());
  }

  @Override
  public CompletableFuture<ModelResult> call(ModelCall call) {
    if (closed) {
      return CompletableFuture.completedFuture(closed());
    }
    try {
      return switch (call) {
        case PromptCall prompt -> converse(prompt);
        case EmbeddingCall texts -> embed(texts);
      };
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(notStarted(call, e));
    }
  }

  private CompletableFuture<ModelResult> converse(PromptCall call) {
    var request = ConverseRequests.of(call);
    return tracked(() -> clients.of(call.lane()).converse(request))
        .thenApply(response -> understood(() -> ConverseAnswers.of(response)))
        .exceptionally(e -> Failures.of(e, call));
  }

  private CompletableFuture<ModelResult> embed(EmbeddingCall call) {
    Optional<EmbeddingFamily> family = EmbeddingFamily.of(call.lane().modelId());
    if (family.isEmpty()) {
      return CompletableFuture.completedFuture(
          Failed.of(
              CallFailure.UNKNOWN_MODEL_ID,
              call.lane().name() + " is no embedding model that is known here"));
    }
    EmbeddingCodec codec = EmbeddingCodec.of(family.get());
    var request = EmbeddingAnswers.request(call, codec);
    return tracked(() -> clients.of(call.lane()).invokeModel(request))
        .thenApply(response ->
            understood(() ->
                EmbeddingAnswers.result(
                    call, codec, response.body().asByteArrayUnsafe(), tokenHeader(response))))
        .exceptionally(e -> Failures.of(e, call));
  }

  /** A call that could not be put into the provider's form breaks a rule, or we have a bug. */
  private static Failed notStarted(ModelCall call, RuntimeException e) {
    Optional<Violation> violation =
        switch (call) {
          case PromptCall prompt -> RequestRules.check(prompt.prompt());
          case EmbeddingCall texts ->
              texts.texts().stream()
                  .flatMap(text -> RequestRules.check(text, call.lane().modelId()).stream())
                  .findFirst();
        };
    return violation
        .map(it ->
            new Failed(
                CallFailure.REJECTED,
                it.field() + " " + it.message(),
                Optional.of(it.field()),
                new TokenUsage(0L, 0L, 0L, 0L, 0L)))
        .orElseGet(() -> Failures.of(e, call));
  }

  /** An answer that breaks the mapping is the provider's fault, not a bug that ends the work. */
  private static ModelResult understood(Supplier<ModelResult> mapping) {
    try {
      return mapping.get();
    } catch (RuntimeException e) {
      return Failed.of(
          CallFailure.MALFORMED_ANSWER,
          "the model's answer could not be understood (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static Optional<String> tokenHeader(InvokeModelResponse response) {
    return response.sdkHttpResponse().firstMatchingHeader(TokenCount.HEADER);
  }

  /** Starts a call as soon as it can be signed, and keeps it in sight until it ends. */
  @SuppressWarnings("CollectionUndefinedEquality") // Each future is only ever itself.
  private <T> CompletableFuture<T> tracked(Supplier<CompletableFuture<T>> start) {
    CompletableFuture<AwsCredentials> signer = credentials.ready(config.callTimeout());
    CompletableFuture<T> ended = new CompletableFuture<>();
    open.add(ended);
    ended.whenComplete((answer, error) -> open.remove(ended));
    signer.whenComplete((ready, none) -> begin(start, none, ended));
    if (closed) {
      ended.cancel(true);
    }
    return ended;
  }

  private static <T> void begin(
      Supplier<CompletableFuture<T>> start,
      @Nullable Throwable noCredentials,
      CompletableFuture<T> ended) {
    if (noCredentials != null) {
      ended.completeExceptionally(new NoCredentialsException(noCredentials));
      return;
    }
    if (ended.isDone()) {
      return;
    }
    try {
      CompletableFuture<T> call = start.get();
      call.whenComplete((answer, error) -> {
        if (error == null) {
          ended.complete(answer);
        } else {
          ended.completeExceptionally(error);
        }
      });
      // Closing or a time-out frees the connection.
      ended.whenComplete((answer, error) -> call.cancel(true));
    } catch (RuntimeException | Error e) {
      // A future that calls this would swallow it, and the call would stay open for ever.
      ended.completeExceptionally(e);
    }
  }

  private static Failed closed() {
    return Failed.of(CallFailure.CONNECTION, "the client is closed");
  }

  @Override
  public void close() {
    closed = true;
    // Ends their connections too; each open call completes as a failure of the connection.
    open.forEach(future -> future.cancel(true));
    prepared.whenComplete((built, failure) -> clients.close());
    credentials.close();
  }
}
