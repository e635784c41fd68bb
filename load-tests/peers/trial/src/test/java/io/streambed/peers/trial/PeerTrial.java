/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.peers.trial;

import io.streambed.local.Local;
import io.streambed.local.LocalOptions;
import io.streambed.local.bedrock.latency.Latency;
import io.streambed.local.bedrock.ledger.LedgerEntry;
import io.streambed.peers.work.PromptWork;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.Message;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.Role;
import io.streambed.schemas.registry.RegistryConfig;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.AvroDeserializer;
import io.streambed.schemas.serdes.AvroEncoder;
import io.streambed.schemas.serdes.AvroSerializer;
import io.streambed.schemas.serdes.SubjectNaming;
import io.streambed.schemas.topics.TopicLayout;
import io.streambed.schemas.topics.TopicProvisioner;
import io.streambed.schemas.topics.Topics;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker, a registry and a stand-in for Bedrock, and one peer that works on them. */
final class PeerTrial implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How long one looks for a result too many. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(1);

  private final Path module;
  private final Path folder;
  private final int limit;
  private final Local local;
  private final SchemaRegistryClient registry;
  private final KafkaConsumer<byte[], PromptResult> results;
  private final List<PromptResult> seen = new ArrayList<>();
  private PeerProcess peer;

  private PeerTrial(Path module, int limit, Duration latency) throws Exception {
    this.module = module;
    this.limit = limit;
    this.folder = Files.createTempDirectory(module.resolve("target"), "trial-");
    this.local = Local.start(LocalOptions.ephemeral().withLatency(new Latency.Fixed(latency)));
    try (Admin admin = Admin.create(clients())) {
      new TopicProvisioner(admin, Topics.defaults())
          .create(new TopicLayout(4, 4, (short) 1), false)
          .get();
    }
    this.registry = new SchemaRegistryClient(RegistryConfig.of(URI.create(local.registry().url())));
    this.results =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                local.kafka().bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new ByteArrayDeserializer(),
            new AvroDeserializer<>(registry, PromptResult.class));
    List<TopicPartition> partitions =
        results.partitionsFor(PromptWork.RESULTS).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    results.assign(partitions);
    results.seekToBeginning(partitions);
    this.peer = startPeer();
  }

  /**
   * Starts everything.
   *
   * @param module the peer's folder
   * @param limit most calls open at a time
   * @param latency how long each takes
   */
  static PeerTrial start(Path module, int limit, Duration latency) throws Exception {
    PeerTrial trial = new PeerTrial(module, limit, latency);
    try {
      trial.peer.awaitReady();
      return trial;
    } catch (AssertionError | InterruptedException e) {
      // Nobody else could end the process.
      trial.close();
      throw e;
    }
  }

  private PeerProcess startPeer() throws Exception {
    return PeerProcess.start(
        module,
        folder.resolve("peer.log"),
        List.of(
            "--kafka=" + local.kafka().bootstrapServers(),
            "--registry=" + local.registry().url(),
            "--bedrock=" + local.bedrock().url(),
            "--limit=" + limit,
            "--instance=one",
            "--state=" + folder.resolve("state"),
            "--commit-ms=50"));
  }

  private Map<String, Object> clients() {
    return Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, local.kafka().bootstrapServers());
  }

  /** Publishes prompts with the ids {@code 0} to {@code count - 1}. */
  void publish(int count) {
    try (KafkaProducer<byte[], PromptRequest> producer =
        new KafkaProducer<>(
            clients(),
            new ByteArraySerializer(),
            new AvroSerializer<>(new AvroEncoder(registry, SubjectNaming.TOPIC_NAME, true)))) {
      for (int i = 0; i < count; i++) {
        producer.send(
            new ProducerRecord<>(
                PromptWork.REQUESTS,
                Integer.toString(i).getBytes(StandardCharsets.UTF_8),
                prompt(i)));
      }
    }
  }

  private static PromptRequest prompt(int number) {
    return PromptRequest.newBuilder()
        .setId(Integer.toString(number))
        .setModel("chat")
        .setMessages(
            List.of(
                Message.newBuilder()
                    .setRole(Role.USER)
                    .setContent(
                        List.of(ContentBlock.newBuilder().setText("Number " + number).build()))
                    .build()))
        .build();
  }

  /** Waits until so many results are committed, and a little longer; gives all of them. */
  List<PromptResult> awaitResults(int count) {
    long last = System.nanoTime() + PATIENCE.toNanos();
    while (seen.size() < count && System.nanoTime() < last) {
      poll(Duration.ofMillis(100));
    }
    long end = System.nanoTime() + AFTERWARDS.toNanos();
    while (System.nanoTime() < end) {
      poll(Duration.ofMillis(100));
    }
    return List.copyOf(seen);
  }

  /** Waits until some results are committed, no longer. */
  void awaitFirst(int count) {
    long last = System.nanoTime() + PATIENCE.toNanos();
    while (seen.size() < count && System.nanoTime() < last) {
      poll(Duration.ofMillis(10));
    }
  }

  private void poll(Duration wait) {
    results.poll(wait).forEach(record -> seen.add(Objects.requireNonNull(record.value())));
  }

  /** Ids of the attempts that the stand-in was told of. */
  Set<String> attemptsCalled() {
    return local.bedrock().ledger().calls().stream()
        .map(LedgerEntry::facts)
        .map(facts -> facts.attemptId())
        .flatMap(Optional::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Kills the peer and starts it again as it was. */
  void killAndRestart() throws Exception {
    peer.kill();
    peer = startPeer();
    peer.awaitReady();
  }

  /** Asks the peer to stop; whether it has ended. */
  boolean terminate() throws InterruptedException {
    return peer.terminate();
  }

  @Override
  public void close() {
    peer.close();
    results.close();
    registry.close();
    local.close();
  }
}
