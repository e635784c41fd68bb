/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.topics;

import static org.apache.kafka.common.config.TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;

import io.streambed.schemas.topics.TopicCreation.Created;
import io.streambed.schemas.topics.TopicCreation.Existed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates, describes and checks the topics of the catalogue. Never changes a topic that exists.
 *
 * <p>Safe for use by many threads. Nothing blocks; futures fail with Kafka's own exceptions and
 * complete on the admin client's thread.
 */
public final class TopicProvisioner {

  /**
   * Brokers learn of a new topic within milliseconds; one that has not after 10 s is in trouble.
   */
  private static final int MOST_LOOKS = 100;

  private static final long LOOK_MILLIS = 100;

  private final Admin admin;
  private final Topics names;
  private final List<TopicSpec> catalogue;
  private final TopicReader reader;

  /**
   * @param admin closed by whoever made it
   */
  public TopicProvisioner(Admin admin, Topics names) {
    this.admin = admin;
    this.names = names;
    this.catalogue = TopicCatalogue.of(names);
    this.reader = new TopicReader(admin);
  }

  /**
   * Creates the topics that are missing, and completes when the cluster shows them.
   *
   * @param dryRun let the cluster check everything and create nothing
   */
  public CompletableFuture<List<TopicCreation>> create(TopicLayout layout, boolean dryRun) {
    List<NewTopic> wanted = catalogue.stream().map(spec -> newTopic(spec, layout)).toList();
    CreateTopicsResult result =
        admin.createTopics(wanted, new CreateTopicsOptions().validateOnly(dryRun));
    CompletableFuture<List<TopicCreation>> created =
        TopicReader.all(wanted.stream().map(topic -> creation(topic, result)).toList());
    return dryRun
        ? created
        : created.thenCompose(done -> shown(MOST_LOOKS).thenApply(seen -> done));
  }

  private NewTopic newTopic(TopicSpec spec, TopicLayout layout) {
    Map<String, String> settings = new HashMap<>(spec.settings());
    settings.put(MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(layout.minInsync()));
    int partitions =
        spec.name().equals(names.jobsHeld()) ? layout.jobPartitions() : layout.partitions();
    return new NewTopic(spec.name(), partitions, layout.replication()).configs(settings);
  }

  private static CompletableFuture<TopicCreation> creation(
      NewTopic topic, CreateTopicsResult result) {
    return Objects.requireNonNull(result.values().get(topic.name()))
        .toCompletionStage()
        .toCompletableFuture()
        .handle((done, failure) -> {
          Throwable reason = TopicReader.reason(failure);
          if (reason == null) {
            return new Created(topic.name(), topic.numPartitions(), topic.replicationFactor());
          }
          if (reason instanceof TopicExistsException) {
            return new Existed(topic.name());
          }
          throw new CompletionException(reason);
        });
  }

  /** A topic that was created is not known to every broker at once. */
  private CompletableFuture<Void> shown(int looks) {
    return describe()
        .thenCompose(states -> {
          if (looks <= 1 || states.stream().noneMatch(TopicState.Missing.class::isInstance)) {
            return CompletableFuture.completedFuture(null);
          }
          Executor later = CompletableFuture.delayedExecutor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
          return CompletableFuture.supplyAsync(() -> shown(looks - 1), later)
              .thenCompose(next -> next);
        });
  }

  /** The catalogue's topics as the cluster has them, in the catalogue's order. */
  public CompletableFuture<List<TopicState>> describe() {
    return reader.read(catalogue);
  }

  /**
   * Whether everything is there to start.
   *
   * @param jobPartitions partitions of the internal jobs topic
   */
  public CompletableFuture<TopicCheck> check(int jobPartitions) {
    return describe().thenApply(states -> TopicCheck.of(states, names, jobPartitions));
  }

  /**
   * Largest record batch that each topic of the catalogue takes, in bytes; missing ones left out.
   */
  public CompletableFuture<Map<String, Integer>> maxMessageBytes() {
    return describe().thenApply(TopicProvisioner::limits);
  }

  private static Map<String, Integer> limits(List<TopicState> states) {
    Map<String, Integer> limits = new HashMap<>();
    for (TopicState state : states) {
      if (state instanceof TopicState.Present topic) {
        limits.put(topic.spec().name(), topic.maxMessageBytes());
      }
    }
    return Map.copyOf(limits);
  }
}
