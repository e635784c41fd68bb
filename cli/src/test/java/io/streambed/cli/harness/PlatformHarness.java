/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.harness;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.cluster.Published;
import io.streambed.cli.cluster.RequestPublisher;
import io.streambed.cli.request.Request;
import io.streambed.cli.stack.LocalStack;
import io.streambed.cli.stack.TemporaryFolder;
import io.streambed.local.LocalOptions;
import io.streambed.local.bedrock.LocalBedrock;
import io.streambed.local.bedrock.ledger.Ledger;
import io.streambed.processors.Operations;
import io.streambed.processors.Streambed;
import io.streambed.processors.config.ConfigLoader;
import io.streambed.processors.config.StreambedConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/**
 * Kafka, registry and Bedrock stand-in on free ports, and platforms on them: in this JVM, or in
 * JVMs of their own that can be killed. Everything is stopped on close. For one test thread.
 *
 * <pre>{@code
 * try (PlatformHarness harness = PlatformHarness.start(Map.of("retry.max.attempts", "2"))) {
 *   harness.bedrock().faults().add(Fault.error(ErrorType.THROTTLING).next(1));
 *   harness.runHere();
 *   harness.publish(Sample.prompt("q-1", "Why?"));
 *   Settlement settlement = harness.settlements().await("q-1");
 *   assertThat(harness.ledger().calls()).hasSize(2);
 * }
 * }</pre>
 */
public final class PlatformHarness implements AutoCloseable {
  /** As many as the jobs topic has, so that each task has something of each. */
  private static final int PARTITIONS = 4;

  /** The platform's application id, unless configured. */
  private static final String GROUP = "streambed";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final LocalStack stack;
  private final TemporaryFolder folder;
  private final RequestPublisher publisher;
  private final Settlements settlements;
  private final List<Streambed> here = new ArrayList<>();
  private final List<Operations> operations = new ArrayList<>();
  private final List<ForkedPlatform> forked = new ArrayList<>();

  private PlatformHarness(LocalStack stack, TemporaryFolder folder) {
    this.stack = stack;
    this.folder = folder;
    KafkaAccess kafka = KafkaAccess.to(stack.cluster());
    this.publisher = RequestPublisher.open(stack.cluster(), kafka);
    this.settlements = new Settlements(stack.cluster(), kafka);
  }

  /** Starts with the packaged profile. No platform runs yet. */
  public static PlatformHarness start() throws IOException {
    return start(Map.of());
  }

  /** Starts with the packaged profile and some settings of the test's own, by their keys. */
  public static PlatformHarness start(Map<String, String> settings) throws IOException {
    return start(LocalOptions.ephemeral(), settings);
  }

  /** The same with other services, such as models that take their time. */
  public static PlatformHarness start(LocalOptions options, Map<String, String> settings)
      throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("STREAMBED_OPS_ENABLED", "false");
    settings.forEach((key, value) -> environment.put(variable(key), value));
    return new PlatformHarness(
        LocalStack.start(options, PARTITIONS, environment),
        TemporaryFolder.create("streambed-harness"));
  }

  /** The environment variable of a setting. */
  static String variable(String key) {
    return "STREAMBED_" + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /** Runs a platform in this JVM and waits until it runs. */
  public Streambed runHere() throws InterruptedException {
    return runHere("here");
  }

  /** The same under another instance id; equal ids have equal state folders. */
  public Streambed runHere(String instanceId) throws InterruptedException {
    Streambed streambed =
        Streambed.start(
            ConfigLoader.local(environment(instanceId)).config(), new SimpleMeterRegistry());
    here.add(streambed);
    if (!streambed.awaitRunning(START_LIMIT)) {
      throw new AssertionError("the platform does not run: " + streambed.state());
    }
    return streambed;
  }

  /** The same, seen over HTTP on a free port; returns where. */
  public URI serveHere(String instanceId) throws InterruptedException {
    Map<String, String> environment = new HashMap<>(environment(instanceId));
    environment.put("STREAMBED_OPS_ENABLED", "true");
    environment.put("STREAMBED_OPS_PORT", "0");
    StreambedConfig config = ConfigLoader.local(environment).config();
    Operations seen = Operations.start(config, Clock.systemUTC());
    operations.add(seen);
    Streambed streambed = Streambed.start(config, seen);
    here.add(streambed);
    if (!streambed.awaitRunning(START_LIMIT)) {
      throw new AssertionError("the platform does not run: " + streambed.state());
    }
    return seen.address().orElseThrow();
  }

  /**
   * Runs a platform in a JVM of its own and waits until it runs.
   *
   * @param options of the {@code run} command
   */
  public ForkedPlatform fork(String instanceId, String... options) throws IOException {
    ForkedPlatform platform =
        ForkedPlatform.start(environment(instanceId), folder.path(), List.of(options));
    forked.add(platform);
    platform.awaitRunning(START_LIMIT);
    return platform;
  }

  private Map<String, String> environment(String instanceId) {
    Map<String, String> environment = new HashMap<>(stack.environment());
    environment.put("STREAMBED_INSTANCE_ID", instanceId);
    environment.put("STREAMBED_STATE_DIR", folder.path().resolve("state-" + instanceId).toString());
    return environment;
  }

  /** The instance ids of the platforms that Kafka takes for members of the group. */
  public Set<String> groupMembers() {
    try (Admin admin = KafkaAccess.to(stack.cluster()).admin()) {
      return Objects.requireNonNull(
              admin.describeConsumerGroups(Set.of(GROUP)).all().get().get(GROUP))
          .members()
          .stream()
          .flatMap(member -> member.groupInstanceId().stream())
          .collect(Collectors.toSet());
    } catch (ExecutionException e) {
      throw new AssertionError("Kafka does not describe the group", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** How many partitions a group has committed a place in. */
  public int committed(String group) {
    try (Admin admin = KafkaAccess.to(stack.cluster()).admin()) {
      return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().size();
    } catch (ExecutionException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Publishes a request; Kafka has it when this returns. */
  public Published publish(Request request) {
    return publisher.publish(request).join();
  }

  /** Publishes requests; Kafka has all when this returns. */
  public List<Published> publish(List<? extends Request> requests) {
    var sent = requests.stream().map(publisher::publish).toList();
    publisher.flush();
    return sent.stream().map(CompletableFuture::join).toList();
  }

  /** Publishes bytes as they are. */
  public Published publishRaw(String topic, byte[] value) {
    return publisher.publishRaw(topic, value).join();
  }

  /** What a {@code read_committed} reader sees of results, dead letters and usage events. */
  public Settlements settlements() {
    return settlements;
  }

  /** The stand-in: its faults, latencies and quotas. */
  public LocalBedrock bedrock() {
    return stack.local().bedrock();
  }

  /** Every call that the stand-in received. */
  public Ledger ledger() {
    return bedrock().ledger();
  }

  /** The services, to stop and start them again. */
  public LocalStack stack() {
    return stack;
  }

  /** A folder for this test's files; deleted on close. */
  public Path folder() {
    return folder.path();
  }

  @Override
  public void close() throws IOException {
    here.forEach(Streambed::close);
    operations.forEach(Operations::close);
    forked.forEach(ForkedPlatform::kill);
    settlements.close();
    publisher.close();
    stack.close();
    folder.close();
  }
}
