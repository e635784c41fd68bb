/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import io.streambed.cli.settlement.Settlement;
import io.streambed.processors.admission.Admission;
import io.streambed.processors.admission.AdmissionConfig;
import io.streambed.processors.admission.AdmissionLimits;
import io.streambed.processors.admission.Request;
import io.streambed.processors.admission.Reservations;
import io.streambed.processors.answers.AnswerStore;
import io.streambed.processors.job.Payload;
import io.streambed.processors.job.StateCodec;
import io.streambed.processors.model.CostBound;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.PriceTable;
import io.streambed.processors.model.Quota;
import io.streambed.processors.model.Tier;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.InferenceParameters;
import io.streambed.schemas.Message;
import io.streambed.schemas.Operation;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.ReplayChanges;
import io.streambed.schemas.ReplayFilter;
import io.streambed.schemas.ReplayOnly;
import io.streambed.schemas.ReplayPlan;
import io.streambed.schemas.ReplayRange;
import io.streambed.schemas.ResultSource;
import io.streambed.schemas.Role;
import io.streambed.schemas.TokenUsage;
import io.streambed.schemas.replay.Place;
import io.streambed.schemas.serdes.WireFormat;
import io.streambed.schemas.state.Answer;
import io.streambed.schemas.state.Job;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/** Recorded requests, how they were settled, and a platform, for tests. */
public final class Recordings implements Earlier {

  public static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private static final PriceTable PRICES = PriceTable.builtIn();

  private final Map<String, Settlement> results = new HashMap<>();
  private final Map<String, Settlement> answers = new HashMap<>();
  private final Map<ByteBuffer, byte[]> stored = new HashMap<>();
  private final Set<Place> failed = new HashSet<>();
  private Means means = new Means(0, 0, 0);

  /** A platform with a model, a cheap one, and one for texts. */
  public static Judge.Platform platform() {
    Map<String, ModelAlias> models =
        Map.of(
            "default", alias("default", "us.anthropic.claude-sonnet-4-5-20250929-v1:0"),
            "cheap", alias("cheap", "amazon.nova-lite-v1:0"),
            "vectors",
                ModelAlias.of(
                    "vectors",
                    Operation.EMBEDDING,
                    new Lane("amazon.titan-embed-text-v2:0", "us-east-1", 10),
                    "1",
                    0));
    CostBound bound = new CostBound(PRICES);
    Admission admission =
        new Admission(
            AdmissionConfig.defaults(),
            AdmissionLimits.forJobsOf(1 << 20),
            models,
            new Payload(List.of()),
            new Reservations(tenant -> false, bound),
            new StateCodec<>(Job.class, List.of()));
    return new Judge.Platform(admission, models, bound, Recordings::wire);
  }

  private static ModelAlias alias(String name, String id) {
    Quota quota = new Quota(OptionalLong.of(60), OptionalLong.of(60_000), OptionalLong.empty(), 5);
    return ModelAlias.of(
        name, Operation.PROMPT, new Lane(id, "us-east-1", Tier.DEFAULT, 10, quota), "1", 1_000);
  }

  public static byte[] wire(SpecificRecordBase request) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    try {
      new SpecificDatumWriter<SpecificRecordBase>(request.getSchema(), request.getSpecificData())
          .write(request, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return WireFormat.wrap(1, out.toByteArray());
  }

  /** A prompt for the model {@code default}. */
  public static Recorded prompt(long offset, String id, String text, int maxTokens) {
    ContentBlock block = ContentBlock.newBuilder().setText(text).build();
    PromptRequest prompt =
        PromptRequest.newBuilder()
            .setId(id)
            .setModel("default")
            .setDeadline(NOW.minusSeconds(60))
            .setMetadata(Map.of("team", "a"))
            .setMessages(
                List.of(Message.newBuilder().setRole(Role.USER).setContent(List.of(block)).build()))
            .setInference(InferenceParameters.newBuilder().setMaxTokens(maxTokens).build())
            .build();
    return recorded(offset, new Request.Prompt(prompt));
  }

  public static Recorded text(long offset, String id, String text) {
    return recorded(
        offset,
        new Request.Text(
            EmbeddingRequest.newBuilder().setId(id).setModel("vectors").setText(text).build()));
  }

  /** The same without an id. */
  public static Recorded nameless(long offset, String text, int maxTokens) {
    PromptRequest named =
        ((Request.Prompt) prompt(offset, "-", text, maxTokens).request()).prompt();
    return recorded(
        offset, new Request.Prompt(PromptRequest.newBuilder(named).setId(null).build()));
  }

  static Recorded recorded(long offset, Request request) {
    return new Recorded(
        new Place("prompt-requests", 0, offset), NOW.minusSeconds(100), null, List.of(), request);
  }

  public static ReplayPlan plan(ReplayOnly only, ReplayChanges changes) {
    return ReplayPlan.newBuilder()
        .setTopic("prompt-requests")
        .setRanges(List.of(new ReplayRange(0, 0L, 100L)))
        .setOnly(only)
        .setFilter(ReplayFilter.newBuilder().build())
        .setChanges(changes)
        .setResults("replay-r-results")
        .setDeadLetters("replay-r-dead-letters")
        .setEarlierResults("prompt-results")
        .setEarlierDeadLetters("dead-letters")
        .setPlannedAt(NOW)
        .build();
  }

  /** Notes that a request was answered as it was asked. */
  public Recordings answered(Recorded recorded, String stopReason, long outputTokens) {
    Verdict verdict =
        new Judge(plan(ReplayOnly.ALL, Plans.NOTHING), platform(), new Recordings())
            .of(recorded, NOW);
    Job job = ((Verdict.Asked) verdict).job();
    byte[] fingerprint = new byte[32];
    job.getFingerprint().duplicate().get(fingerprint);
    PromptResult result = result(recorded.id(), fingerprint, stopReason, outputTokens);
    results.put(job.getTenant() + "/" + recorded.id(), new Settlement.Answered(result));
    answers.put(result.getFingerprint(), new Settlement.Answered(result));
    return this;
  }

  /** Notes that the platform's store has an answer to what a request asks. */
  public Recordings stored(Job job, Answer answer) {
    stored.put(job.getFingerprint(), AnswerStore.encode(answer));
    return this;
  }

  @Override
  public Optional<byte[]> stored(ByteBuffer fingerprint) {
    return Optional.ofNullable(stored.get(fingerprint));
  }

  public static PromptResult result(
      String id, byte[] fingerprint, String stopReason, long outputTokens) {
    ContentBlock block = ContentBlock.newBuilder().setText("An answer to " + id).build();
    return PromptResult.newBuilder()
        .setId(id)
        .setTenant("default")
        .setModel("default")
        .setSource(ResultSource.MODEL)
        .setContent(List.of(block))
        .setStopReason(stopReason)
        .setUsage(TokenUsage.newBuilder().setInputTokens(50).setOutputTokens(outputTokens).build())
        .setCostPicoDollars(7_000)
        .setModelId("m")
        .setRegion("us-east-1")
        .setFingerprint(java.util.HexFormat.of().formatHex(fingerprint))
        .setRequestedAt(NOW.minusSeconds(100))
        .setSettledAt(NOW.minusSeconds(90))
        .build();
  }

  public Recordings failed(Recorded recorded) {
    failed.add(recorded.place());
    return this;
  }

  public Recordings on(Means average) {
    means = average;
    return this;
  }

  @Override
  public Optional<Settlement> result(String tenant, String id) {
    return Optional.ofNullable(results.get(tenant + "/" + id));
  }

  @Override
  public Optional<Settlement> answer(ByteBuffer fingerprint) {
    byte[] bytes = new byte[32];
    fingerprint.duplicate().get(bytes);
    return Optional.ofNullable(answers.get(java.util.HexFormat.of().formatHex(bytes)));
  }

  @Override
  public boolean failed(Place place) {
    return failed.contains(place);
  }

  @Override
  public Means means(String model) {
    return means;
  }
}
