/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.streambed.processors.config.KafkaConfig;
import io.streambed.processors.job.OutputTopics;
import io.streambed.processors.topology.StreamsSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Output topics of runs, as Kafka has them. Nothing is asked, and no client made, before a request
 * is replayed. What was found counts for a minute: a topic that is deleted while requests that name
 * it are open is noticed by then. One that is missing is asked for again before it is said to be.
 * Safe for use by many threads.
 */
final class KafkaOutputTopics implements OutputTopics, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaOutputTopics.class);

  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_TOPICS = 1_000;

  /** Kafka's own default, for a topic that it will not describe. */
  private static final int USUAL_BYTES = 1 << 20;

  /** So long a topic that was created is not known to every broker. */
  private static final Duration NEWNESS = Duration.ofSeconds(5);

  /**
   * What Kafka says.
   *
   * @param sinceAt when it was first asked, without having found the topic since
   */
  private record Answer(Instant sinceAt, Instant askedAt, CompletableFuture<Found> found) {

    boolean isMissing() {
      return found.isDone()
          && !found.isCompletedExceptionally()
          && found.getNow(new Found.Asked()) instanceof Found.Missing;
    }
  }

  private final KafkaConfig kafka;
  private final InstantSource clock;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private @Nullable Admin admin;
  private boolean closed;

  KafkaOutputTopics(KafkaConfig kafka, InstantSource clock) {
    this.kafka = kafka;
    this.clock = clock;
  }

  @Override
  public Found find(String topic) {
    Answer answer = ask(topic);
    boolean perhapsNew =
        answer.isMissing() && clock.instant().isBefore(answer.sinceAt().plus(NEWNESS));
    return perhapsNew || answer.found().isCompletedExceptionally()
        ? new Found.Asked()
        : answer.found().getNow(new Found.Asked());
  }

  @Override
  public OptionalInt limit(String topic) {
    try {
      return switch (ask(topic).found().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        case Found.Present present -> OptionalInt.of(present.maxMessageBytes());
        case Found.Missing missing -> OptionalInt.empty();
        case Found.Asked asked -> OptionalInt.of(USUAL_BYTES);
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.of(USUAL_BYTES);
    } catch (ExecutionException | TimeoutException e) {
      // Kafka is away; the producer will find out, and try again.
      LOG.atWarn().addKeyValue("topic", topic).log("a run's output topic cannot be looked up");
      return OptionalInt.of(USUAL_BYTES);
    }
  }

  private Answer ask(String topic) {
    Instant now = clock.instant();
    if (answers.size() > MOST_TOPICS) {
      answers.clear();
    }
    return Objects.requireNonNull(
        answers.compute(
            topic,
            (name, known) -> {
              if (known == null) {
                return new Answer(now, now, look(name));
              }
              return isOld(known, now)
                  ? new Answer(known.isMissing() ? known.sinceAt() : now, now, look(name))
                  : known;
            }));
  }

  private static boolean isOld(Answer answer, Instant now) {
    boolean bad = answer.isMissing() || answer.found().isCompletedExceptionally();
    return !now.isBefore(answer.askedAt().plus(bad ? AGAIN : KEPT));
  }

  private CompletableFuture<Found> look(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return Objects.requireNonNull(admin().describeConfigs(List.of(resource)).values().get(resource))
        .toCompletionStage()
        .toCompletableFuture()
        .handle((config, failure) -> {
          if (failure == null) {
            ConfigEntry entry = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
            return new Found.Present(
                Math.min(
                    StreamsSettings.MAX_INTERNAL_RECORD_BYTES,
                    entry == null ? USUAL_BYTES : Integer.parseInt(entry.value())));
          }
          if (failure instanceof UnknownTopicOrPartitionException
              || failure.getCause() instanceof UnknownTopicOrPartitionException) {
            return new Found.Missing();
          }
          throw new CompletionException(failure);
        });
  }

  private synchronized Admin admin() {
    if (closed) {
      throw new IllegalStateException("the platform has ended");
    }
    if (admin == null) {
      Properties settings = new Properties();
      settings.putAll(kafka.client());
      settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
      admin = Admin.create(settings);
    }
    return admin;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (admin != null) {
      admin.close(PATIENCE);
    }
  }
}
