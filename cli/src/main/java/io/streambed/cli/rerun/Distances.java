/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.compare.Pair;
import io.streambed.cli.compare.Side;
import io.streambed.cli.compare.TextVectors;
import io.streambed.cli.settlement.Settlement;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.EmbeddingResult;
import io.streambed.schemas.Priority;
import io.streambed.schemas.ReplayChanges;
import io.streambed.schemas.ReplayFilter;
import io.streambed.schemas.ReplayPlan;
import io.streambed.schemas.replay.ReplayHeaders;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * How far answers have moved: has the platform embed the old text and the new one of each, as
 * BACKGROUND requests whose vectors go to topics of their own. Equal texts are asked once, and what
 * was asked by an earlier comparison is not paid for again.
 */
public final class Distances {

  private static final Duration PIECE = Duration.ofMillis(200);

  private final Cluster cluster;
  private final KafkaAccess kafka;
  private final String run;
  private final ReplayPlan plan;
  private final String model;

  /**
   * @param run whose answers are compared
   * @param prefix what the names of runs' own topics begin with
   * @param model alias of the model that embeds
   */
  public Distances(
      Cluster cluster,
      KafkaAccess kafka,
      String run,
      String prefix,
      String model,
      InstantSource clock) {
    this.cluster = cluster;
    this.kafka = kafka;
    this.run = run + "-distances";
    this.model = model;
    this.plan =
        ReplayPlan.newBuilder()
            .setTopic(cluster.topics().replayRequests())
            .setRanges(List.of())
            .setFilter(ReplayFilter.newBuilder().build())
            .setChanges(ReplayChanges.newBuilder().build())
            .setResults(prefix + this.run + "-results")
            .setDeadLetters(prefix + this.run + "-dead-letters")
            .setEarlierResults(cluster.topics().embeddingResults())
            .setEarlierDeadLetters(cluster.topics().deadLetters())
            .setPlannedAt(clock.instant())
            .build();
  }

  /**
   * Pairs that were to be measured.
   *
   * @param pairs all of them, with their distances as far as these are known
   * @param missing how many have none, by why
   */
  public record Measured(List<Pair> pairs, Map<String, Long> missing) {

    public Measured {
      pairs = List.copyOf(pairs);
      missing = Map.copyOf(missing);
    }
  }

  /**
   * The same pairs with their distances, where both answers have a text that can be embedded. What
   * has failed in an earlier comparison is asked again.
   *
   * @param limit longest time to wait for the platform
   * @param clock measures it
   */
  public Measured of(List<Pair> pairs, Duration limit, InstantSource clock) {
    new Planner(cluster, kafka).createTopics(plan);
    TextVectors vectors = new TextVectors();
    try (Outputs outputs = Outputs.open(cluster, kafka, run, plan, false)) {
      outputs.toEnd(output -> note(output, vectors));
      vectors.forgetFailures();
      Map<String, Pair> wanted = wanted(pairs, vectors);
      publish(wanted);
      Instant end = clock.instant().plus(limit);
      while (!wanted.keySet().stream().allMatch(vectors::isSettled)
          && clock.instant().isBefore(end)) {
        outputs.poll(PIECE, output -> note(output, vectors));
      }
    }
    return measured(pairs, vectors);
  }

  private static void note(Outputs.Output output, TextVectors vectors) {
    Settlement settlement = output.settlement();
    if (settlement.value() instanceof EmbeddingResult result) {
      vectors.embedded(settlement.id(), result.getVector());
    } else {
      vectors.failed(settlement.id(), settlement.outcome());
    }
  }

  /** Texts that are not known yet, by id, with a pair that has them. */
  private Map<String, Pair> wanted(List<Pair> pairs, TextVectors known) {
    Map<String, Pair> wanted = new HashMap<>();
    for (Pair pair : pairs) {
      for (String text : texts(pair)) {
        String id = id(pair.tenant(), text);
        if (!text.isBlank() && !known.has(id)) {
          wanted.put(id, pair);
        }
      }
    }
    return wanted;
  }

  private static List<String> texts(Pair pair) {
    return List.of(pair.before().map(Side::text).orElse(""), pair.after().text());
  }

  private void publish(Map<String, Pair> wanted) {
    try (RequestCoder coder = RequestCoder.open(cluster);
        Producer<byte[], byte[]> producer =
            kafka.transactionalProducer("streambed-replay-" + run)) {
      producer.initTransactions();
      producer.beginTransaction();
      wanted.forEach((id, pair) ->
          texts(pair).stream()
              .filter(text -> id(pair.tenant(), text).equals(id))
              .findFirst()
              .ifPresent(text -> producer.send(record(coder, id, pair, text))));
      producer.commitTransaction();
    }
  }

  private ProducerRecord<byte[], byte[]> record(
      RequestCoder coder, String id, Pair pair, String text) {
    EmbeddingRequest request =
        EmbeddingRequest.newBuilder()
            .setId(id)
            .setTenant(pair.tenant())
            .setPriority(Priority.BACKGROUND)
            .setModel(model)
            .setText(text)
            .build();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            cluster.topics().replayRequests(), id.getBytes(UTF_8), coder.encode(request));
    header(record, ReplayHeaders.RUN, run);
    header(record, ReplayHeaders.SOURCE, pair.source().toString());
    header(record, ReplayHeaders.RESULTS, plan.getResults());
    header(record, ReplayHeaders.DEAD_LETTERS, plan.getDeadLetters());
    return record;
  }

  private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(UTF_8));
  }

  private Measured measured(List<Pair> pairs, TextVectors vectors) {
    List<Pair> measured = new ArrayList<>();
    Map<String, Long> missing = new HashMap<>();
    for (Pair pair : pairs) {
      List<String> ids = texts(pair).stream().map(text -> id(pair.tenant(), text)).toList();
      OptionalDouble distance = vectors.distance(ids.getFirst(), ids.getLast());
      if (distance.isPresent()) {
        measured.add(pair.at(distance.getAsDouble()));
      } else {
        boolean blank = texts(pair).stream().anyMatch(String::isBlank);
        String why = blank ? "no text" : vectors.why(ids.getFirst(), ids.getLast());
        missing.merge(why, 1L, Long::sum);
        measured.add(pair);
      }
    }
    return new Measured(measured, missing);
  }

  private String id(String tenant, String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((model + "/" + tenant + "/").getBytes(UTF_8));
      return HexFormat.of().formatHex(digest.digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
