/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.streambed.processors.config.StreambedConfig;
import io.streambed.processors.topology.StreamsSettings;
import io.streambed.schemas.BudgetEvent;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.EmbeddingResult;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.UsageEvent;
import io.streambed.schemas.registry.RegistryException;
import io.streambed.schemas.serdes.AvroEncoder;
import io.streambed.schemas.topics.TopicCheck;
import io.streambed.schemas.topics.TopicProvisioner;
import io.streambed.schemas.topics.TopicState;
import io.streambed.schemas.topics.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** What has to be there before the platform starts: topics of the right shape, schemas with ids. */
final class Surroundings {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Surroundings() {}

  /**
   * What was found of the topics.
   *
   * @param partitions of the topics that a task reads jobs from
   * @param maxRecordBytes by topic, the largest record that it takes
   */
  record Found(int partitions, Map<String, Integer> maxRecordBytes) {

    /** The largest record that a topic takes and that our producers send. */
    int sendable(String topic) {
      return Math.min(
          StreamsSettings.MAX_INTERNAL_RECORD_BYTES,
          maxRecordBytes.getOrDefault(topic, StreamsSettings.MAX_INTERNAL_RECORD_BYTES));
    }
  }

  /**
   * Looks at the topics.
   *
   * @throws StartupException if Kafka cannot be reached or a topic is missing or of a wrong shape
   */
  static Found look(StreambedConfig config) {
    Properties settings = new Properties();
    settings.putAll(config.kafka().client());
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    try (Admin admin = Admin.create(settings)) {
      TopicProvisioner topics = new TopicProvisioner(admin, config.topics());
      int partitions =
          config.admission().fingerprintHop()
              ? config.kafka().jobsPartitions()
              : requestPartitions(wait(topics.describe(), kafkaAway(config)), config.topics());
      TopicCheck check = wait(topics.check(partitions), kafkaAway(config));
      if (!check.passed()) {
        throw StartupException.because(check.message());
      }
      return new Found(partitions, wait(topics.maxMessageBytes(), kafkaAway(config)));
    }
  }

  /** Without the hop a job stays in its request's partition, and a task has one of each topic. */
  private static int requestPartitions(List<TopicState> states, Topics names) {
    int most = 1;
    for (TopicState state : states) {
      if (state instanceof TopicState.Present topic
          && (topic.spec().name().equals(names.promptRequests())
              || topic.spec().name().equals(names.embeddingRequests())
              || topic.spec().name().equals(names.replayRequests()))) {
        most = Math.max(most, topic.partitions());
      }
    }
    return most;
  }

  private static String kafkaAway(StreambedConfig config) {
    return "Kafka cannot be reached at "
        + config.kafka().bootstrapServers()
        + "; check kafka.bootstrap.servers and the settings under kafka.client";
  }

  /** Begins to find the ids under which records are written. */
  static CompletableFuture<Void> prepare(AvroEncoder encoder, Topics topics) {
    return CompletableFuture.allOf(
        Stream.of(
                encoder.prepare(topics.promptResults(), PromptResult.getClassSchema()),
                encoder.prepare(topics.embeddingResults(), EmbeddingResult.getClassSchema()),
                encoder.prepare(topics.deadLetters(), DeadLetter.getClassSchema()),
                encoder.prepare(topics.usageEvents(), UsageEvent.getClassSchema()),
                encoder.prepare(topics.budgetEvents(), BudgetEvent.getClassSchema()))
            .toArray(CompletableFuture[]::new));
  }

  /**
   * Waits until they are found.
   *
   * @throws StartupException if the registry cannot be reached or refuses a schema
   */
  static void await(CompletableFuture<Void> prepared) {
    wait(prepared, "the schema registry cannot be reached; check registry.urls");
  }

  private static <T> T wait(CompletableFuture<T> future, String otherwise) {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw StartupException.because(otherwise);
    } catch (ExecutionException e) {
      // The registry's own exceptions are written for people; others are not passed on.
      throw StartupException.because(
          e.getCause() instanceof RegistryException known
              ? String.valueOf(known.getMessage())
              : otherwise);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StartupException.because("interrupted while starting");
    }
  }
}
