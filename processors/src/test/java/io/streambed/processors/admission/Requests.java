/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.processors.job.OutputTopics;
import io.streambed.processors.job.Payload;
import io.streambed.processors.job.SourceRecord;
import io.streambed.processors.job.StateCodec;
import io.streambed.processors.model.CostBound;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.PriceTable;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.Message;
import io.streambed.schemas.Operation;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.RecordHeader;
import io.streambed.schemas.Role;
import io.streambed.schemas.serdes.WireFormat;
import io.streambed.schemas.state.Job;
import io.streambed.schemas.topics.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/** Requests and a configuration for the tests of admission. */
final class Requests {

  /** Stands in each request's content and must come out nowhere. */
  static final String CANARY = "canary-7d1f";

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final int PROMPT_SCHEMA = 11;
  static final int TEXT_SCHEMA = 12;
  static final Topics TOPICS = Topics.defaults();

  static final ModelAlias CHAT = prompts("chat", "1", 1024);
  static final ModelAlias VECTORS =
      ModelAlias.of("vectors", Operation.EMBEDDING, lane("amazon.titan-embed-text-v2:0"), "1", 0);
  static final Map<String, ModelAlias> ALIASES = Map.of("chat", CHAT, "vectors", VECTORS);

  private Requests() {}

  static ModelAlias prompts(String alias, String answerVersion, int maxTokens) {
    return ModelAlias.of(alias, Operation.PROMPT, lane("claude"), answerVersion, maxTokens);
  }

  static Lane lane(String modelId) {
    return new Lane(modelId, "eu-central-1", 8);
  }

  static PromptRequest.Builder prompt() {
    return PromptRequest.newBuilder()
        .setId("order-17")
        .setModel("chat")
        .setMessages(List.of(message(Role.USER, text(CANARY))));
  }

  static EmbeddingRequest.Builder embedding() {
    return EmbeddingRequest.newBuilder().setId("text-1").setModel("vectors").setText(CANARY);
  }

  static Message message(Role role, ContentBlock... content) {
    return Message.newBuilder().setRole(role).setContent(List.of(content)).build();
  }

  static ContentBlock text(String text) {
    return ContentBlock.newBuilder().setText(text).build();
  }

  static ContentBlock block(UnaryOperator<ContentBlock.Builder> fill) {
    return fill.apply(ContentBlock.newBuilder()).build();
  }

  static byte[] avro(SpecificRecordBase record) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new SpecificDatumWriter<SpecificRecordBase>(record.getSchema(), record.getSpecificData())
          .write(record, encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] wire(SpecificRecordBase request) {
    return WireFormat.wrap(
        request instanceof PromptRequest ? PROMPT_SCHEMA : TEXT_SCHEMA, avro(request));
  }

  static SourceRecord source(SpecificRecordBase request) {
    return source(
        request instanceof PromptRequest ? TOPICS.promptRequests() : TOPICS.embeddingRequests(),
        wire(request));
  }

  static SourceRecord source(String topic, byte[] value) {
    return new SourceRecord(topic, 3, 42, NOW.minusSeconds(5), new byte[] {7}, value, List.of());
  }

  static SourceRecord withHeaders(SourceRecord source, RecordHeader... headers) {
    return new SourceRecord(
        source.topic(),
        source.partition(),
        source.offset(),
        source.timestamp(),
        source.key(),
        source.value(),
        List.of(headers));
  }

  static Admission admission() {
    return admission(
        new AdmissionConfig(true, false, 4, 100_000, "replay-"),
        AdmissionLimits.forJobsOf(150_000));
  }

  static AdmissionConfig config(int buckets, int maxRequestBytes) {
    return new AdmissionConfig(true, false, buckets, maxRequestBytes, "replay-");
  }

  static Admission admission(AdmissionConfig config, AdmissionLimits limits) {
    return new Admission(
        config,
        limits,
        ALIASES,
        new Payload(List.of()),
        new Reservations(tenant -> false, new CostBound(PriceTable.builtIn())),
        new StateCodec<>(Job.class, List.of()));
  }

  /** Every output topic of a run exists but one that is named so. */
  static Destinations destinations() {
    return new Destinations(
        TOPICS,
        "replay-",
        new OutputTopics() {
          @Override
          public Found find(String topic) {
            return switch (topic) {
              case "replay-gone" -> new Found.Missing();
              case "replay-asked" -> new Found.Asked();
              default -> new Found.Present(1 << 20);
            };
          }

          @Override
          public OptionalInt limit(String topic) {
            return OptionalInt.of(1 << 20);
          }
        });
  }

  static Request request(SpecificRecordBase value) {
    return value instanceof PromptRequest prompt
        ? new Request.Prompt(prompt)
        : new Request.Text((EmbeddingRequest) value);
  }
}
