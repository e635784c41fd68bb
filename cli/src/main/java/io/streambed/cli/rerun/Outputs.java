/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.settlement.Settlement;
import io.streambed.schemas.ReplayPlace;
import io.streambed.schemas.ReplayPlan;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.replay.Place;
import io.streambed.schemas.replay.ReplayHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What a run has brought, as it is committed. Not for use by several threads. */
public final class Outputs implements AutoCloseable {

  private final String run;
  private final ReplayPlan plan;
  private final boolean copiedToo;
  private final SettlementCodec codec;
  private final WholeTopic reader;
  private final SchemaRegistryClient registry;

  /**
   * A result or a dead letter of a run.
   *
   * @param source place of the recorded request
   * @param copied whether the run wrote it itself, from an answer that was known
   * @param boundPicoDollars what the run had expected it to cost at the most
   */
  public record Output(
      Place source, boolean copied, long boundPicoDollars, Settlement settlement) {}

  private Outputs(
      String run,
      ReplayPlan plan,
      boolean copiedToo,
      boolean texts,
      WholeTopic reader,
      SchemaRegistryClient registry) {
    this.run = run;
    this.plan = plan;
    this.copiedToo = copiedToo;
    this.codec = new SettlementCodec(registry, texts);
    this.reader = reader;
    this.registry = registry;
  }

  /**
   * Opens a reader at the run's first output.
   *
   * @param copiedToo whether to hand on what the run has copied, and not only what was asked
   */
  public static Outputs open(
      Cluster cluster, KafkaAccess kafka, String run, ReplayPlan plan, boolean copiedToo) {
    Map<TopicPartition, Long> from = new HashMap<>();
    add(from, plan.getResults(), plan.getResultsFrom());
    add(from, plan.getDeadLetters(), plan.getDeadLettersFrom());
    return new Outputs(
        run,
        plan,
        copiedToo,
        plan.getEarlierResults().equals(cluster.topics().embeddingResults()),
        WholeTopic.open(kafka, List.of(plan.getResults(), plan.getDeadLetters()), from),
        new SchemaRegistryClient(cluster.registry()));
  }

  private static void add(Map<TopicPartition, Long> from, String topic, List<ReplayPlace> places) {
    places.forEach(it -> from.put(new TopicPartition(topic, it.getPartition()), it.getOffset()));
  }

  /** Hands on what came since the last call. */
  public void poll(Duration limit, Consumer<Output> taker) {
    reader.poll(limit).forEach(record -> output(record).ifPresent(taker));
  }

  /** Hands on all that is committed now and was not handed on yet. */
  public void toEnd(Consumer<Output> taker) {
    reader.toEnd(record -> output(record).ifPresent(taker));
  }

  private Optional<Output> output(ConsumerRecord<byte[], byte[]> record) {
    Optional<Place> source = WholeTopic.header(record, ReplayHeaders.SOURCE).flatMap(Place::parse);
    boolean ours = WholeTopic.header(record, ReplayHeaders.RUN).filter(run::equals).isPresent();
    boolean copied = WholeTopic.header(record, ReplayHeaders.COPIED).isPresent();
    if (!ours || source.isEmpty() || record.value() == null || (copied && !copiedToo)) {
      return Optional.empty();
    }
    return Optional.of(
        new Output(
            source.get(),
            copied,
            WholeTopic.header(record, ReplayHeaders.BOUND).map(Long::parseLong).orElse(0L),
            settlement(record)));
  }

  private Settlement settlement(ConsumerRecord<byte[], byte[]> record) {
    return record.topic().equals(plan.getDeadLetters())
        ? new Settlement.Dead(codec.deadLetter(record.value()))
        : codec.result(record.value());
  }

  @Override
  public void close() {
    reader.close();
    registry.close();
  }
}
