/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.job.Payload;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.Message;
import io.streambed.schemas.Operation;
import io.streambed.schemas.Priority;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Role;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** Jobs as admission makes them. */
final class Jobs {

  static final Payload PAYLOAD = new Payload(List.of());
  static final Instant ADMITTED = Instant.parse("2026-01-01T00:00:00Z");

  private static long offsets;

  private Jobs() {}

  static Job prompt(String id, String text) {
    return prompt(id, text, CachePolicy.USE, null);
  }

  static Job prompt(String id, String text, CachePolicy policy, @Nullable Instant deadline) {
    PromptRequest request =
        PromptRequest.newBuilder()
            .setId(id)
            .setTenant("acme")
            .setModel("sonnet")
            .setMessages(
                List.of(
                    Message.newBuilder()
                        .setRole(Role.USER)
                        .setContent(List.of(ContentBlock.newBuilder().setText(text).build()))
                        .build()))
            .build();
    return job(id, request, Operation.PROMPT, "sonnet", text, policy, deadline, null);
  }

  /** A job whose payload no version known here has written. */
  static Job unreadable(Job job) {
    job.put("payloadSchema", 42L);
    return job;
  }

  static Job text(String id, String text) {
    return text(id, text, null);
  }

  static Job text(String id, String text, @Nullable Instant deadline) {
    EmbeddingRequest request =
        EmbeddingRequest.newBuilder()
            .setId(id)
            .setTenant("acme")
            .setModel("cohere")
            .setText(text)
            .build();
    ByteBuffer group = ByteBuffer.wrap(new byte[] {1});
    return job(id, request, Operation.EMBEDDING, "cohere", text, CachePolicy.USE, deadline, group);
  }

  private static Job job(
      String id,
      SpecificRecordBase request,
      Operation operation,
      String model,
      String content,
      CachePolicy policy,
      @Nullable Instant deadline,
      @Nullable ByteBuffer group) {
    Payload.Split split = PAYLOAD.split(request);
    return new Job(
        id,
        "acme",
        operation,
        model,
        ByteBuffer.wrap(sha256(model + content)),
        group,
        Priority.STANDARD,
        policy,
        deadline,
        "requests",
        0,
        offsets++,
        ADMITTED,
        ADMITTED,
        null,
        List.of(),
        Map.of(),
        split.schema(),
        split.envelope(),
        split.content(),
        1,
        null,
        List.of(),
        0,
        0L,
        null);
  }

  /** A flight of a job alone, that waits. */
  static Flight flight(Job founder, Lane lane, int bytes, Instant now) {
    ModelAlias alias = ModelAlias.of(founder.getModel(), founder.getOperation(), lane, "1", 1_000);
    return new Flight(
        FlightId.of(founder),
        founder,
        alias,
        Tenants.equal().flow(founder),
        bytes,
        new Phase.Parked(now));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
