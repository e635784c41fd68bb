/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.peers.streams;

import io.streambed.peers.work.Peer;
import io.streambed.peers.work.PeerOptions;
import io.streambed.peers.work.PromptWork;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** Starts the application: source, processor, sink. */
public final class PlainStreams {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private PlainStreams() {}

  /** See {@link PeerOptions}. */
  public static void main(String... arguments) throws Exception {
    PeerOptions options = PeerOptions.of(arguments);
    // A task a partition, and at most one thread a task has something to do.
    int threads = Math.min(options.limit(), partitions(options.kafka()));
    PromptWork work = new PromptWork(options, new BlockingModelClient(options, threads));
    KafkaStreams streams = new KafkaStreams(topology(work), settings(options, threads));
    streams.setUncaughtExceptionHandler(e -> StreamThreadExceptionResponse.REPLACE_THREAD);
    streams.setStateListener((now, before) -> {
      if (now == KafkaStreams.State.RUNNING) {
        Peer.tellReady(System.out);
      }
    });
    Peer.onStop(() -> {
      streams.close(STOP_LIMIT);
      work.close();
    });
    streams.start();
  }

  private static Topology topology(PromptWork work) {
    return new Topology()
        .addSource("prompts", PromptWork.REQUESTS)
        .addProcessor("answer", () -> new AnswerProcessor(work), "prompts")
        .addSink("results", PromptWork.RESULTS, "answer");
  }

  private static int partitions(String kafka) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka))) {
      Set<String> topic = Set.of(PromptWork.REQUESTS);
      return Objects.requireNonNull(
              admin.describeTopics(topic).allTopicNames().get().get(PromptWork.REQUESTS))
          .partitions()
          .size();
    }
  }

  private static Properties settings(PeerOptions options, int threads) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "peer-plain-streams");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, options.kafka());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, options.state().toString());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, options.commitInterval().toMillis());
    settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
    settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
    // An idle thread commits between two polls: the default of 100 ms would be its commit interval.
    settings.put(StreamsConfig.POLL_MS_CONFIG, 5L);
    consumer(settings, options);
    producer(settings);
    return settings;
  }

  private static void consumer(Properties settings, PeerOptions options) {
    put(settings, true, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    put(settings, true, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, options.instance());
    put(settings, true, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    put(settings, true, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_500);
    // A thread polls between two answers, and one answer may take that long.
    put(settings, true, ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 1_000_000);
  }

  private static void producer(Properties settings) {
    // A dead process' open transaction hides what follows it until then.
    put(settings, false, ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
    // Transactions that follow each other closely would sleep the defaults of 20 and 100 ms.
    put(settings, false, ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 2L);
    put(settings, false, ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 10L);
  }

  private static void put(Properties settings, boolean consumer, String key, Object value) {
    settings.put(
        consumer ? StreamsConfig.mainConsumerPrefix(key) : StreamsConfig.producerPrefix(key),
        value);
  }
}
