/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.peers.work;

import io.streambed.processors.bedrock.BedrockModelClient;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelCall.PromptCall;
import io.streambed.processors.model.ModelClient;
import io.streambed.processors.model.ModelResult;
import io.streambed.processors.model.ModelResult.PromptAnswered;
import io.streambed.schemas.InferenceParameters;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.ResultSource;
import io.streambed.schemas.registry.RegistryConfig;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.AvroDeserializer;
import io.streambed.schemas.serdes.AvroEncoder;
import io.streambed.schemas.serdes.SubjectNaming;
import io.streambed.schemas.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * From the bytes of a prompt to the bytes of its result, with one call between them. Safe for use
 * by many threads.
 */
public final class PromptWork implements AutoCloseable {

  /** Topic that is read. */
  public static final String REQUESTS = Topics.defaults().promptRequests();

  /** Topic that is written. */
  public static final String RESULTS = Topics.defaults().promptResults();

  private static final int DEFAULT_MAX_TOKENS = 4_096;

  private final SchemaRegistryClient registry;
  private final Deserializer<PromptRequest> decoder;
  private final AvroEncoder encoder;
  private final ModelClient client;
  private final Lane lane;
  private final String attemptPrefix;
  private final AtomicLong attempts = new AtomicLong();

  /**
   * A result as Kafka takes it.
   *
   * @param key the request's key, or its id where it has none
   * @param value the result, coded
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Answered(byte[] key, byte[] value) {}

  /**
   * Waits for the registry once, so that no answer has to.
   *
   * @param client closed together with this
   */
  public PromptWork(PeerOptions options, ModelClient client) {
    this.client = client;
    this.lane = options.lane();
    this.registry = new SchemaRegistryClient(RegistryConfig.of(options.registry()));
    this.decoder = new AvroDeserializer<>(registry, PromptRequest.class);
    this.encoder = new AvroEncoder(registry, SubjectNaming.TOPIC_NAME, true);
    this.attemptPrefix = options.instance() + "-" + System.currentTimeMillis() + "-";
    encoder.prepare(RESULTS, PromptResult.getClassSchema()).join();
  }

  /** With the product's own client, which blocks no thread. */
  public static PromptWork nonBlocking(PeerOptions options) {
    return new PromptWork(
        options, new BedrockModelClient(options.calls(), List.of(options.lane())));
  }

  /**
   * Answers a prompt.
   *
   * @param request the record's value
   * @param timestamp the record's, in milliseconds
   * @param place stands for the id of a request without one
   * @return completes on a thread of the client's, or fails with {@link CallFailedException}
   * @throws io.streambed.schemas.serdes.UnreadableRecordException if the value is no prompt
   */
  public CompletableFuture<Answered> answer(
      byte @Nullable [] key, byte[] request, long timestamp, String place) {
    PromptRequest prompt = Objects.requireNonNull(decoder.deserialize(REQUESTS, request));
    String attempt = attemptPrefix + attempts.incrementAndGet();
    int maxTokens =
        prompt.getInference().flatMap(InferenceParameters::getMaxTokens).orElse(DEFAULT_MAX_TOKENS);
    long begun = System.nanoTime();
    return client
        .call(new PromptCall(attempt, lane, prompt.getTenant(), prompt, maxTokens))
        .thenApply(result -> {
          String id = prompt.getId().orElse(place);
          PromptResult settled =
              result(prompt, id, answered(result))
                  .setAttemptId(attempt)
                  .setModelMillis(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun))
                  .setRequestedAt(Instant.ofEpochMilli(timestamp))
                  .build();
          return new Answered(
              key == null ? id.getBytes(StandardCharsets.UTF_8) : key,
              encoder.encode(RESULTS, settled));
        });
  }

  private static PromptAnswered answered(ModelResult result) {
    return switch (result) {
      case PromptAnswered answer -> answer;
      case ModelResult.Failed failed -> throw new CallFailedException(failed.reason());
      case ModelResult.TextsEmbedded texts -> throw new IllegalStateException("not a prompt's");
    };
  }

  private PromptResult.Builder result(PromptRequest prompt, String id, PromptAnswered answer) {
    PromptResult.Builder result =
        PromptResult.newBuilder()
            .setId(id)
            .setTenant(prompt.getTenant())
            .setModel(prompt.getModel())
            .setSource(ResultSource.MODEL)
            .setContent(answer.content())
            .setStopReason(answer.stopReason())
            .setUsage(answer.usage())
            .setModelId(lane.modelId())
            .setRegion(lane.region())
            .setAttempts(1)
            // A peer looks for no equal work.
            .setFingerprint("")
            .setSettledAt(Instant.now())
            .setMetadata(prompt.getMetadata());
    answer.additionalFields().ifPresent(result::setAdditionalModelResponseFields);
    return result;
  }

  @Override
  public void close() {
    client.close();
    registry.close();
  }
}
