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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates, describes and checks the topics of the catalogue. Never changes a topic that exists.
 *
 * <p>Safe for use by many threads. Nothing blocks; futures fail with Kafka's own exceptions and
 * complete on the admin client's thread.
 */
public final class TopicProvisioner {

  private final Admin admin;
  private final Topics names;
  private final List<TopicSpec> catalogue;

  /**
   * @param admin closed by whoever made it
   */
  public TopicProvisioner(Admin admin, Topics names) {
    this.admin = admin;
    this.names = names;
    this.catalogue = TopicCatalogue.of(names);
  }

  /**
   * Creates the topics that are missing.
   *
   * @param dryRun let the cluster check everything and create nothing
   */
  public CompletableFuture<List<TopicCreation>> create(TopicLayout layout, boolean dryRun) {
    List<NewTopic> wanted = catalogue.stream().map(spec -> newTopic(spec, layout)).toList();
    CreateTopicsResult result =
        admin.createTopics(wanted, new CreateTopicsOptions().validateOnly(dryRun));
    return all(wanted.stream().map(topic -> creation(topic, result)).toList());
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
    CompletableFuture<Void> created =
        future(Objects.requireNonNull(result.values().get(topic.name())));
    return created.handle((done, failure) -> {
      if (failure == null) {
        return new Created(topic.name(), topic.numPartitions(), topic.replicationFactor());
      }
      Throwable reason = failure.getCause() == null ? failure : failure.getCause();
      if (failure instanceof TopicExistsException || reason instanceof TopicExistsException) {
        return new Existed(topic.name());
      }
      throw new CompletionException(reason);
    });
  }

  /** The catalogue's topics as the cluster has them, in the catalogue's order. */
  public CompletableFuture<List<TopicState>> describe() {
    return future(admin.listTopics().names()).thenCompose(this::describe);
  }

  private CompletableFuture<List<TopicState>> describe(Set<String> existing) {
    List<String> present =
        catalogue.stream().map(TopicSpec::name).filter(existing::contains).toList();
    List<ConfigResource> resources =
        present.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    return future(admin.describeTopics(present).allTopicNames())
        .thenCombine(future(admin.describeConfigs(resources).all()), this::states);
  }

  private List<TopicState> states(
      Map<String, TopicDescription> descriptions, Map<ConfigResource, Config> configs) {
    List<TopicState> states = new ArrayList<>();
    for (TopicSpec spec : catalogue) {
      TopicDescription topic = descriptions.get(spec.name());
      Config config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, spec.name()));
      states.add(
          topic == null || config == null
              ? new TopicState.Missing(spec)
              : new TopicState.Present(
                  spec,
                  topic.partitions().size(),
                  topic.partitions().getFirst().replicas().size(),
                  settings(config)));
    }
    return List.copyOf(states);
  }

  private static Map<String, String> settings(Config config) {
    return config.entries().stream()
        .filter(entry -> entry.value() != null)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
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
    return describe()
        .thenApply(states -> {
          Map<String, Integer> limits = new HashMap<>();
          for (TopicState state : states) {
            if (state instanceof TopicState.Present topic) {
              limits.put(topic.spec().name(), topic.maxMessageBytes());
            }
          }
          return Map.copyOf(limits);
        });
  }

  private static <T> CompletableFuture<T> future(KafkaFuture<T> future) {
    return future.toCompletionStage().toCompletableFuture();
  }

  private static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> parts) {
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .thenApply(done -> parts.stream().map(CompletableFuture::join).toList());
  }
}
