/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.Message;
import io.streambed.schemas.Operation;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Role;
import io.streambed.schemas.serdes.WireFormat;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

class PayloadTest {

  private static final EmbeddingRequest TEXT =
      EmbeddingRequest.newBuilder().setId("a").setModel("vectors").setText("some text").build();

  private final Payload payload = new Payload(List.of());

  @Test
  void theContentIsEqualWhateverStandsAboveTheModel() {
    // Given
    PromptRequest one = prompt().setId("a").setTenant("x").setMetadata(Map.of("k", "v")).build();
    PromptRequest other = prompt().setDeadline(Instant.EPOCH).build();

    // When
    Payload.Split first = payload.split(one);
    Payload.Split second = payload.split(other);

    // Then
    assertThat(first.content()).isEqualTo(second.content());
    assertThat(first.envelope()).isNotEqualTo(second.envelope());
  }

  @Test
  void aRequestComesBackOutOfItsTwoParts() {
    // Given
    PromptRequest prompt = prompt().setDeadline(Instant.ofEpochMilli(77)).build();

    // When
    Payload.Split promptSplit = payload.split(prompt);
    Payload.Split textSplit = payload.split(TEXT);

    // Then
    assertThat(payload.prompt(job(promptSplit).build(), promptSplit.content())).isEqualTo(prompt);
    assertThat(payload.embedding(job(textSplit).build(), textSplit.content())).isEqualTo(TEXT);
  }

  @Test
  void theOriginalValueIsMadeAgainOutOfThePartsWhereTheyReproduceIt() {
    // Given
    Payload.Split split = payload.split(TEXT);
    Job job = job(split).setWriterSchemaId(9).build();
    byte[] value = WireFormat.wrap(9, Payload.join(job, split.content()));

    // When
    boolean reproduces = Payload.reproduces(split, 9, value);

    // Then
    assertThat(reproduces).isTrue();
    assertThat(Payload.originalValue(job, split.content())).isEqualTo(value);
  }

  @Test
  void anotherEncodingOfTheSameRequestIsNotReproducedAndIsKeptAsItWas() {
    // Given
    Payload.Split split = payload.split(TEXT);
    byte[] value = WireFormat.wrap(9, Payload.join(job(split).build(), split.content()));
    byte[] longer = java.util.Arrays.copyOf(value, value.length + 1);
    byte[] changed = value.clone();
    changed[value.length - 1]++;

    // When
    Job job = job(split).setOriginal(ByteBuffer.wrap(longer)).build();

    // Then
    assertThat(Payload.reproduces(split, 9, longer)).isFalse();
    assertThat(Payload.reproduces(split, 9, changed)).isFalse();
    assertThat(Payload.reproduces(split, 8, value)).isFalse();
    assertThat(Payload.originalValue(job, split.content())).isEqualTo(longer);
  }

  @Test
  void aJobOfAnEarlierVersionIsReadByTheSchemaOfThatVersion() {
    // Given
    Schema older =
        SchemaBuilder.record("EmbeddingRequest")
            .namespace("io.streambed.schemas")
            .fields()
            .requiredString("model")
            .requiredString("text")
            .endRecord();
    ByteBuffer content = ByteBuffer.wrap(new byte[] {2, 'm', 2, 't'});
    Payload.Split stored =
        new Payload.Split(
            SchemaNormalization.parsingFingerprint64(older), ByteBuffer.allocate(0), content);

    // When
    EmbeddingRequest read =
        new Payload(List.of(older)).embedding(job(stored).build(), stored.content());

    // Then
    assertThat(read.getText()).isEqualTo("t");
    assertThat(read.getTenant()).isEqualTo("default");
    assertThatThrownBy(() -> payload.embedding(job(stored).build(), stored.content()))
        .isInstanceOf(UnknownStateException.class);
  }

  @Test
  void brokenContentIsToldWithoutItsBytes() {
    // Given
    Payload.Split split = payload.split(TEXT);
    ByteBuffer broken =
        ByteBuffer.wrap("canary-7d1f".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    // When
    Job job = job(split).build();

    // Then
    assertThatThrownBy(() -> payload.embedding(job, broken))
        .isInstanceOf(UnknownStateException.class)
        .hasNoCause()
        .message()
        .doesNotContain("canary");
  }

  private static PromptRequest.Builder prompt() {
    ContentBlock block = ContentBlock.newBuilder().setText("why?").build();
    Message message =
        Message.newBuilder().setRole(Role.USER).setContent(List.of(block, block)).build();
    return PromptRequest.newBuilder().setModel("chat").setMessages(List.of(message));
  }

  private static Job.Builder job(Payload.Split split) {
    return Job.newBuilder()
        .setId("a")
        .setTenant("default")
        .setOperation(Operation.EMBEDDING)
        .setModel("vectors")
        .setFingerprint(ByteBuffer.allocate(Fingerprint.LENGTH))
        .setSourceTopic("embedding-requests")
        .setSourcePartition(0)
        .setSourceOffset(0)
        .setRequestedAt(Instant.EPOCH)
        .setAdmittedAt(Instant.EPOCH)
        .setPayloadSchema(split.schema())
        .setEnvelope(split.envelope())
        .setContent(split.content())
        .setWriterSchemaId(1);
  }
}
