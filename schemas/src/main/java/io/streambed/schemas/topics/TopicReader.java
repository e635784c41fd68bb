/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.topics;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Reads how topics are set up. Nothing blocks. */
final class TopicReader {

  private final Admin admin;

  TopicReader(Admin admin) {
    this.admin = admin;
  }

  /** The topics as the cluster has them, in the order given. */
  CompletableFuture<List<TopicState>> read(List<TopicSpec> specs) {
    List<String> names = specs.stream().map(TopicSpec::name).toList();
    Map<String, KafkaFuture<TopicDescription>> descriptions =
        admin.describeTopics(names).topicNameValues();
    Map<ConfigResource, KafkaFuture<Config>> configs =
        admin.describeConfigs(names.stream().map(TopicReader::resource).toList()).values();
    List<CompletableFuture<TopicState>> states =
        specs.stream()
            .map(spec ->
                ifExists(descriptions.get(spec.name()))
                    .thenCombine(
                        ifExists(configs.get(resource(spec.name()))),
                        (topic, config) -> state(spec, topic, config)))
            .toList();
    return all(states);
  }

  private static TopicState state(
      TopicSpec spec, Optional<TopicDescription> topic, Optional<Config> config) {
    if (topic.isEmpty() || config.isEmpty()) {
      return new TopicState.Missing(spec);
    }
    return new TopicState.Present(
        spec,
        topic.get().partitions().size(),
        topic.get().partitions().getFirst().replicas().size(),
        config.get().entries().stream()
            .filter(entry -> entry.value() != null)
            .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)));
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private static <T> CompletableFuture<Optional<T>> ifExists(@Nullable KafkaFuture<T> future) {
    if (future == null) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .handle((value, failure) -> {
          Throwable reason = reason(failure);
          if (reason == null) {
            return Optional.of(value);
          }
          if (reason instanceof UnknownTopicOrPartitionException) {
            return Optional.empty();
          }
          throw new CompletionException(reason);
        });
  }

  /** A failure without the wrapper that futures add. */
  static @Nullable Throwable reason(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> parts) {
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .thenApply(done -> parts.stream().map(CompletableFuture::join).toList());
  }
}
