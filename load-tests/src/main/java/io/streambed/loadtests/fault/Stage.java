/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.fault;

import io.streambed.loadtests.bench.Bench;
import io.streambed.loadtests.bench.BenchException;
import io.streambed.loadtests.judgement.Evidence;
import io.streambed.loadtests.judgement.Judgement;
import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.process.Launch;
import io.streambed.loadtests.service.BareClientMain;
import io.streambed.loadtests.service.Batch;
import io.streambed.loadtests.service.Prompts;
import io.streambed.loadtests.subject.Subject;
import io.streambed.loadtests.subject.SubjectSettings;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.registry.RegistryConfig;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.AvroEncoder;
import io.streambed.schemas.serdes.AvroSerializer;
import io.streambed.schemas.serdes.SubjectNaming;
import io.streambed.schemas.topics.TopicLayout;
import io.streambed.schemas.topics.TopicProvisioner;
import io.streambed.schemas.topics.Topics;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The running platform that faults share, and what they need to disturb it. For one thread. */
public final class Stage implements AutoCloseable {
  static final Topics TOPICS = Topics.defaults();

  /** Aliases with a lane of their own, by region: what stops or slows a lane disturbs no other. */
  private static final Map<String, String> LANES =
      Map.of(
          "throttled", "us-east-2",
          "storm", "us-west-2",
          "endless", "us-west-1",
          "denied", "eu-west-1",
          "expired", "eu-central-1",
          "gone", "eu-west-2",
          "invalid", "ap-northeast-1");

  private final Bench bench;
  private final Subject streambed;
  private final boolean quick;
  private final Child platform;
  private final SchemaRegistryClient registry;
  private final AvroSerializer<PromptRequest> serializer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Admin admin;
  private final Set<String> published = new HashSet<>();
  private int requests;

  /** Starts the platform. */
  public Stage(Bench bench, Subject streambed, boolean quick) {
    this.bench = bench;
    this.streambed = streambed;
    this.quick = quick;
    Map<String, Object> kafka = Map.of("bootstrap.servers", bench.endpoints().kafka());
    this.admin = Admin.create(kafka);
    this.registry =
        new SchemaRegistryClient(RegistryConfig.of(URI.create(bench.endpoints().registry())));
    this.serializer =
        new AvroSerializer<>(new AvroEncoder(registry, SubjectNaming.TOPIC_NAME, true));
    this.producer =
        new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
    this.platform = bench.start(streambed, settings("streambed"));
  }

  /** The row of a fault. */
  public Row row(Fault fault) {
    return new Row(this, fault.name());
  }

  /** The services. */
  Bench bench() {
    return bench;
  }

  /** The instance that all share. */
  Child platform() {
    return platform;
  }

  /** Of the broker. */
  Admin admin() {
    return admin;
  }

  /** Of the registry. */
  SchemaRegistryClient registry() {
    return registry;
  }

  boolean quick() {
    return quick;
  }

  /** What instances are set to here: retries and time-outs in seconds, not in minutes. */
  SubjectSettings settings(String instance) {
    SubjectSettings settings =
        bench
            .instance(instance, 64)
            .heap("256m")
            .with("retry.backoff.ms", 300)
            .with("retry.backoff.max.ms", 2_000)
            .with("retry.max.time.ms", 30_000)
            .with("bedrock.read.timeout.ms", 3_000)
            .with("stopped.lane.retry.ms", 1_000)
            .with("held.read.interval.ms", 1_000)
            // Rows that fail all the time must not open the breaker for the others.
            .with("breaker.window", 10_000)
            .with("breaker.failure.rate.percent", 100)
            .with("registry.retries", 1);
    for (Map.Entry<String, String> lane : LANES.entrySet()) {
      settings =
          settings
              .with("models." + lane.getKey() + ".id", BareClientMain.MODEL)
              .with("models." + lane.getKey() + ".region", lane.getValue());
    }
    return settings;
  }

  /** Launches an instance with these settings. */
  Launch launch(SubjectSettings settings) {
    return streambed.launch(bench.endpoints(), settings);
  }

  /**
   * Settings of a platform of its own: another application with its own topic of requests, whose
   * results all go where those of the others go.
   */
  SubjectSettings own(String name) {
    Topics topics =
        new Topics(
            name + "-requests",
            name + "-embeddings",
            TOPICS.promptResults(),
            TOPICS.embeddingResults(),
            TOPICS.deadLetters(),
            TOPICS.usageEvents(),
            TOPICS.control(),
            TOPICS.budgetEvents(),
            name + "-held",
            name + "-moved",
            TOPICS.redrives(),
            name + "-replays",
            TOPICS.replayRuns());
    new TopicProvisioner(admin, topics).create(new TopicLayout(1, 1, (short) 1), false).join();
    return settings(name)
        .with("application.id", name)
        .with("jobs.partitions", 1)
        .with("topics.prompt.requests", topics.promptRequests())
        .with("topics.embedding.requests", topics.embeddingRequests())
        .with("topics.jobs.held", topics.jobsHeld())
        .with("topics.moved.calls", topics.movedCalls())
        .with("topics.replay.requests", topics.replayRequests());
  }

  PromptRequest request(String tenant, Consumer<PromptRequest.Builder> change) {
    int number = ++requests;
    PromptRequest.Builder builder =
        PromptRequest.newBuilder(
            Prompts.request("f-%05d".formatted(number), number, number, Batch.backlog(1, 1)));
    builder.setTenant(tenant);
    change.accept(builder);
    return builder.build();
  }

  /** As a producer writes it. */
  byte[] encode(PromptRequest request) {
    byte[] value = serializer.serialize(TOPICS.promptRequests(), request);
    if (value == null) {
      throw new BenchException("a request has no bytes", null);
    }
    return value;
  }

  /** Publishes bytes; gives the record's {@code topic-partition-offset}. */
  String send(String topic, byte @Nullable [] value) {
    try {
      RecordMetadata place = producer.send(new ProducerRecord<>(topic, value)).get();
      return "%s-%d-%d".formatted(place.topic(), place.partition(), place.offset());
    } catch (ExecutionException e) {
      throw new BenchException("a request was not published", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  void published(String id) {
    published.add(id);
  }

  /** Gives an order to the process of the broker and the registry. */
  void broker(String order) {
    obey(bench.broker(), order);
  }

  /** Gives an order to the stand-in's process. */
  void region(String order) {
    obey(bench.standInProcess(), order);
  }

  private static void obey(Child child, String order) {
    String answer = child.ask(order, Duration.ofMinutes(2));
    if (!answer.equals("done")) {
      throw new BenchException("could not be done: " + order, null);
    }
  }

  /** Waits. */
  void rest(Duration time) {
    await(time, () -> false);
  }

  /** Waits until a condition holds, at most so long; whether it does. */
  boolean await(Duration most, BooleanSupplier condition) {
    long end = System.nanoTime() + most.toNanos();
    boolean holds = condition.getAsBoolean();
    while (!holds && System.nanoTime() < end) {
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BenchException("interrupted", e);
      }
      holds = condition.getAsBoolean();
    }
    return holds;
  }

  /** Judges all that was asked, answered and billed on this stage. */
  public Judgement judge() {
    return Judgement.of(
        new Evidence(
            published,
            bench.verifier().settlements(),
            bench.verifier().usage(),
            bench.standIn().ledger()));
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    admin.close(Duration.ZERO);
    registry.close();
  }
}
