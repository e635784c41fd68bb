/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import static io.streambed.processors.admission.Requests.NOW;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.streambed.processors.commit.AfterCommit;
import io.streambed.processors.commit.CommitPace;
import io.streambed.processors.job.PausedPartitions;
import io.streambed.processors.job.Rejection;
import io.streambed.processors.job.StateCodec;
import io.streambed.schemas.Priority;
import io.streambed.schemas.state.Job;
import io.streambed.schemas.state.Unread;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/** Admission's step in a topology of its own. */
final class StepFixture implements AutoCloseable {

  static final WaitingConfig WAITING =
      new WaitingConfig(Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofMillis(100), 2);
  static final String ACCEPTED = "jobs";
  static final AdmissionStep.Names NAMES =
      new AdmissionStep.Names(
          "unread", Map.of(Priority.STANDARD, ACCEPTED), "budgeted", "rejections");

  final FakeSchemas schemas = new FakeSchemas();
  final PausedPartitions paused = new PausedPartitions();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final List<Rejection> rejections = new ArrayList<>();
  final TestInputTopic<byte[], byte[]> prompts;
  final TestInputTopic<byte[], byte[]> texts;
  final TestOutputTopic<byte[], byte[]> jobs;

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final TopologyTestDriver driver;
  private final AdmissionStep.Parts parts =
      new AdmissionStep.Parts(
          WAITING,
          new Intake(Requests.admission(), Requests.TOPICS, Requests.destinations()),
          schemas,
          new StateCodec<>(Unread.class, List.of()),
          paused,
          new AdmissionMetrics(meters),
          new CommitPace.Settings(
              new AfterCommit(InstantSource.system()), Duration.ofMillis(10), () -> false),
          now::get,
          new Random(5));

  StepFixture(Path stateFolder) {
    Topology topology = new Topology();
    topology
        .addSource(
            "requests",
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer(),
            Requests.TOPICS.promptRequests(),
            Requests.TOPICS.embeddingRequests())
        .addProcessor("admission", this::step, "requests")
        .addStateStore(AdmissionStep.store(NAMES.store()), "admission")
        .addSink("jobs", "jobs", new ByteArraySerializer(), new ByteArraySerializer(), "admission")
        .addProcessor("rejections", this::collector, "admission");
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "admission");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
    config.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
    driver = new TopologyTestDriver(topology, config, NOW);
    prompts = input(Requests.TOPICS.promptRequests());
    texts = input(Requests.TOPICS.embeddingRequests());
    jobs =
        driver.createOutputTopic("jobs", new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  AdmissionStep step() {
    return new AdmissionStep(parts, NAMES);
  }

  /** Lets time go by, and the step look at what waits. */
  void pass(Duration time) {
    now.updateAndGet(t -> t.plus(time));
    driver.advanceWallClockTime(time);
  }

  Instant now() {
    return now.get();
  }

  /** Ids of the jobs that came out since the last time. */
  List<String> jobIds() {
    StateCodec<Job> codec = new StateCodec<>(Job.class, List.of());
    return jobs.readValuesToList().stream().map(v -> codec.decode(v).getId()).toList();
  }

  boolean isPaused(String topic) {
    return paused.isPaused(new TopicPartition(topic, 0));
  }

  double waiting() {
    return meters.get("streambed.admission.waiting").gauge().value();
  }

  private TestInputTopic<byte[], byte[]> input(String topic) {
    return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Processor<byte[], Object, Void, Void> collector() {
    return (Record<byte[], Object> message) -> rejections.add((Rejection) message.value());
  }

  @Override
  public void close() {
    driver.close();
  }
}
