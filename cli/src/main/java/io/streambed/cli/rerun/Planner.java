/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.cluster.UnreachableException;
import io.streambed.schemas.ReplayPlace;
import io.streambed.schemas.ReplayPlan;
import io.streambed.schemas.topics.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes plans of what a topic holds now, and the topics of a run. */
public final class Planner {

  private static final String MONTH_MILLIS = Long.toString(30L * 24 * 60 * 60 * 1000);

  /** Brokers learn of a new topic within milliseconds; one that has not after 10 s never will. */
  private static final int MOST_LOOKS = 100;

  private static final Executor LATER =
      CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

  private final Cluster cluster;
  private final KafkaAccess kafka;

  public Planner(Cluster cluster, KafkaAccess kafka) {
    this.cluster = cluster;
    this.kafka = kafka;
  }

  /**
   * Fixes the ranges of a plan and where what it brings goes.
   *
   * @param plan all else of it
   * @param texts whether the topic holds texts to embed
   * @param ownTopics what the names of the run's own topics begin with; empty for the live ones
   */
  public ReplayPlan fix(
      ReplayPlan.Builder plan, Bounds from, Bounds to, boolean texts, Optional<String> ownTopics) {
    Topics topics = cluster.topics();
    String live = texts ? topics.embeddingResults() : topics.promptResults();
    try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
      plan.setRanges(new Ranges(consumer, plan.getTopic()).between(from, to))
          .setEarlierResults(live)
          .setEarlierDeadLetters(topics.deadLetters())
          .setResults(ownTopics.map(it -> it + "-results").orElse(live))
          .setDeadLetters(ownTopics.map(it -> it + "-dead-letters").orElse(topics.deadLetters()));
      if (ownTopics.isEmpty()) {
        plan.setResultsFrom(ends(consumer, live))
            .setDeadLettersFrom(ends(consumer, topics.deadLetters()));
      }
      return plan.build();
    } catch (RuntimeException e) {
      throw kafka.reason(e);
    }
  }

  private static List<ReplayPlace> ends(Consumer<byte[], byte[]> consumer, String topic) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(WholeTopic.partitions(consumer, topic));
    List<ReplayPlace> places = new ArrayList<>();
    ends.forEach((partition, end) -> places.add(new ReplayPlace(partition.partition(), end)));
    return places;
  }

  /** Whether a topic holds texts to embed, by its name. */
  public boolean holdsTexts(String topic) {
    return topic.equals(cluster.topics().embeddingRequests());
  }

  /** Creates a run's own topics, as the live ones are, kept for a month; those that exist stay. */
  public void createTopics(ReplayPlan plan) {
    try (Admin admin = kafka.admin()) {
      create(admin, plan.getResults(), plan.getEarlierResults());
      create(admin, plan.getDeadLetters(), plan.getEarlierDeadLetters());
    }
  }

  private void create(Admin admin, String name, String like) {
    if (name.equals(like)) {
      return;
    }
    TopicDescription live =
        kafka.await(
            Objects.requireNonNull(admin.describeTopics(Set.of(like)).topicNameValues().get(like)));
    Map<String, String> settings = new HashMap<>();
    settings.put(TopicConfig.RETENTION_MS_CONFIG, MONTH_MILLIS);
    settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(largest(admin, like)));
    NewTopic topic =
        new NewTopic(
            name, live.partitions().size(), (short) live.partitions().getFirst().replicas().size());
    try {
      kafka.await(admin.createTopics(Set.of(topic.configs(settings))).all());
    } catch (TopicExistsException e) {
      // An earlier start of the same run has created it.
    }
    for (int looks = 0; looks < MOST_LOOKS && !isThere(admin, name); looks++) {
      CompletableFuture.runAsync(() -> {}, LATER).join();
    }
  }

  private boolean isThere(Admin admin, String name) {
    try {
      kafka.await(
          Objects.requireNonNull(admin.describeTopics(Set.of(name)).topicNameValues().get(name)));
      return true;
    } catch (UnknownTopicOrPartitionException | UnreachableException e) {
      return false;
    }
  }

  private int largest(Admin admin, String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config =
        kafka.await(
            Objects.requireNonNull(admin.describeConfigs(Set.of(resource)).values().get(resource)));
    return Integer.parseInt(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
  }
}
