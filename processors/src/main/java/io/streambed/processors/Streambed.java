/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.streambed.processors.bedrock.BedrockModelClient;
import io.streambed.processors.commit.AfterCommit;
import io.streambed.processors.config.StreambedConfig;
import io.streambed.processors.invocation.Calls;
import io.streambed.processors.invocation.Elsewhere;
import io.streambed.processors.invocation.Load;
import io.streambed.processors.invocation.Tenants;
import io.streambed.processors.invocation.UnsettledCalls;
import io.streambed.processors.job.Cancellations;
import io.streambed.processors.job.PausedPartitions;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.MeteredModelClient;
import io.streambed.processors.model.ModelClient;
import io.streambed.processors.ops.Health;
import io.streambed.processors.ops.Health.Scope;
import io.streambed.processors.ops.HealthCheck;
import io.streambed.processors.ops.HealthStatus.Down;
import io.streambed.processors.topology.InstanceIdentity;
import io.streambed.processors.topology.OrderlyEnd;
import io.streambed.processors.topology.ReadAhead;
import io.streambed.processors.topology.SteadyClock;
import io.streambed.processors.topology.Steps;
import io.streambed.processors.topology.StreambedClients;
import io.streambed.processors.topology.StreambedTopology;
import io.streambed.processors.topology.StreamsSettings;
import io.streambed.processors.topology.StreamsTime;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.AvroEncoder;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running platform: settings in, topology, lifecycle. Safe for use by many threads.
 *
 * <p>Start it, wait until it runs, close it. Closing is orderly: nothing new is read, calls that
 * are open may end, what they brought is committed.
 */
public final class Streambed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Streambed.class);

  /** The one clock by which all is timed that works on jobs, Kafka Streams' timers included. */
  private final InstantSource steady = new SteadyClock();

  private final StreambedConfig config;
  private final SchemaRegistryClient registry;
  private final ModelClient client;
  private final Calls calls;
  private final KafkaStreams streams;
  private final OrderlyEnd orderlyEnd;
  private final StreamsHealth streamsHealth;
  private final Limits limits;
  private final KafkaStreamsMetrics kafkaMeters;
  private final ControlReader control;
  private final MovedCallsReader movedHere;
  private final MovedCallsWriter movedAway;
  private final KafkaOutputTopics outputs;
  private final Fencing fencing;
  private final Redriver redriver;
  private final Contact contact;

  /** Whether the stores can be used again. */
  private volatile boolean storesAreGood = true;

  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  private Streambed(
      StreambedConfig config, MeterRegistry meters, Health health, Optional<URI> address) {
    this.config = config;
    Clock clock = steady.withZone(ZoneOffset.UTC);
    this.registry = new SchemaRegistryClient(config.registry());
    AvroEncoder encoder =
        new AvroEncoder(registry, config.subjects().naming(), config.subjects().autoRegister());
    HealthCheck schemas =
        health.check(Scope.READY, "registry", new Down("it has not given our schemas' ids yet"));
    HealthCheck topics =
        health.check(Scope.READY, "topics", new Down("they have not been looked at yet"));
    HealthCheck controlHealth =
        health.check(Scope.READY, "control", new Down("orders have not been read yet"));
    this.streamsHealth = new StreamsHealth(health);
    Cancellations cancellations = new Cancellations();
    List<Lane> lanes =
        config.models().values().stream().flatMap(a -> a.lanes().stream()).distinct().toList();
    BedrockModelClient bedrock = new BedrockModelClient(config.bedrock(), lanes);
    this.client = new MeteredModelClient(bedrock, meters);
    // What has to be waited for at a start is begun at once, and none waits for another.
    bedrock.prepare();
    CompletableFuture<Void> prepared = Surroundings.prepare(encoder, config.topics());
    this.control = ControlReader.start(config, registry, cancellations, controlHealth);
    Surroundings.Found found;
    try {
      found = Surroundings.look(config);
      topics.up();
      Surroundings.await(prepared);
      schemas.up();
    } catch (StartupException e) {
      control.close();
      client.close();
      registry.close();
      throw e;
    }
    String process = UUID.randomUUID().toString();
    Elsewhere elsewhere = new Elsewhere(process);
    this.contact = new Contact(config.kafka().standbyReplicas() > 0, steady, this::lostContact);
    this.movedHere = new MovedCallsReader(config, elsewhere, contact, clock);
    this.movedAway =
        new MovedCallsWriter(config, process, found.sendable(config.topics().movedCalls()));
    this.calls =
        new Calls(
            client,
            config.invocation(),
            new Tenants(config.tenants()),
            found.partitions(),
            clock,
            () -> ThreadLocalRandom.current().nextDouble(),
            movedAway,
            elsewhere);
    PausedPartitions paused = new PausedPartitions();
    AfterCommit afterCommit = new AfterCommit(clock);
    this.outputs = new KafkaOutputTopics(config.kafka(), clock);
    Load load = new Load(config.invocation().maxJobs(), config.invocation().maxBytes());
    Steps steps =
        new Assembly(config, registry, encoder, found.maxRecordBytes(), outputs, meters, clock)
            .steps(calls, load, cancellations, afterCommit, paused);
    Properties settings = StreamsSettings.of(config.kafka());
    address.ifPresent(
        uri -> settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, uri.getAuthority()));
    Topology topology = StreambedTopology.build(steps, settings);
    StreambedClients clients =
        new StreambedClients(
            paused,
            ReadAhead.of(steps, config.admission().interactiveExpected()),
            afterCommit,
            clock,
            config.kafka().sessionTimeout(),
            calls::isDraining);
    this.streams = new KafkaStreams(topology, settings, clients, new StreamsTime(steady));
    this.fencing = new Fencing(config.kafka(), () -> streams.state() == State.REBALANCING);
    this.orderlyEnd = new OrderlyEnd(config.kafka().stateDir(), config.kafka().applicationId());
    this.limits = new Limits(config.kafka(), calls, lanes, streams);
    this.redriver =
        new Redriver(
            config,
            registry,
            encoder,
            Math.min(
                found.sendable(config.topics().promptRequests()),
                found.sendable(config.topics().embeddingRequests())),
            meters,
            clock);
    this.kafkaMeters = Meters.bind(meters, calls, load, paused, lanes, streams);
  }

  /**
   * Checks what it needs, builds the topology and starts; returns while it is still starting.
   *
   * @throws StartupException if something it needs is missing; the message says what to do
   */
  public static Streambed start(StreambedConfig config, MeterRegistry meters) {
    return start(config, meters, new Health(Clock.systemUTC()), Optional.empty());
  }

  /**
   * The same for an operator to see: it tells how it is and what its lanes do, and other instances
   * where it tells that.
   *
   * @throws StartupException if something it needs is missing; the message says what to do
   */
  public static Streambed start(StreambedConfig config, Operations operations) {
    Streambed streambed =
        start(config, operations.meters(), operations.health(), operations.advertised());
    operations.tell(streambed.limits::report);
    return streambed;
  }

  private static Streambed start(
      StreambedConfig config, MeterRegistry meters, Health health, Optional<URI> address) {
    try {
      InstanceIdentity.write(
          config.kafka().stateDir(), config.kafka().applicationId(), config.kafka().instanceId());
      Streambed streambed = new Streambed(config, meters, health, address);
      streambed.run();
      return streambed;
    } catch (IOException e) {
      throw StartupException.because(
          "the state directory "
              + config.kafka().stateDir()
              + " cannot be written; check state.dir");
    }
  }

  private void run() throws IOException {
    streams.setStateListener((now, before) -> {
      streamsHealth.onChange(now, before);
      LOG.atInfo().addKeyValue("state", now).log("platform changed state");
      switch (now) {
        case REBALANCING -> {
          contact.check();
          fencing.look();
        }
        case RUNNING -> running.countDown();
        case ERROR, NOT_RUNNING -> ended.countDown();
        default -> {}
      }
    });
    streams.setUncaughtExceptionHandler(new ThreadFailures(steady, this::awaitStop));
    control.awaitEnd();
    orderlyEnd.begin(Instant.now());
    fencing.start();
    streams.start();
    movedHere.start();
    movedAway.start();
    redriver.start();
  }

  /** Waits until it runs; false where it does not within the time given. */
  public boolean awaitRunning(Duration timeout) throws InterruptedException {
    return running.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Waits until it has ended, by {@link #close} or because it cannot go on. */
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /** The next start reads its stores anew: nothing says that this run has ended in order. */
  private void lostContact() {
    storesAreGood = false;
    LOG.atError()
        .log(
            "no contact with Kafka for more than half an hour: standby stores may have missed"
                + " deletions, and the process ends; start it again, and it reads them anew");
    // Not by the caller, which can be a stream thread.
    Thread.ofPlatform()
        .daemon()
        .name("streambed-lost-contact")
        .start(() -> streams.close(Duration.ZERO));
  }

  private void awaitStop(Duration limit) {
    try {
      if (stopping.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.atDebug().log("stopped while a stream thread was to be replaced");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it reads and settles. */
  public boolean isRunning() {
    return streams.state() == State.RUNNING;
  }

  /** Calls whose end has not been dealt with, those that have not gone out included. */
  public UnsettledCalls unsettledCalls() {
    return calls.unsettled();
  }

  /** Kafka Streams' word for what it does. */
  public String state() {
    return streams.state().name();
  }

  /** Stops in order and stays a member of the group, so that a quick restart moves nothing. */
  @Override
  public void close() {
    stop(false);
  }

  /**
   * Stops in order.
   *
   * @param leave whether to leave the group, so that other instances take over at once
   */
  public void stop(boolean leave) {
    stopping.countDown();
    redriver.close();
    calls.drain();
    if (streams.state() == State.RUNNING || streams.state() == State.REBALANCING) {
      boolean drained = calls.awaitDrained(config.invocation().drainTimeout());
      LOG.atInfo()
          .addKeyValue("unfinishedCalls", calls.unsettled().total())
          .log(drained ? "open calls have ended" : "stopping before all open calls have ended");
    }
    boolean inOrder =
        streams.close(
            CloseOptions.timeout(Duration.ofSeconds(30))
                .withGroupMembershipOperation(
                    leave
                        ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                        : CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
    if (storesAreGood && inOrder && streams.state() == State.NOT_RUNNING) {
      noteEnd();
    }
    fencing.close();
    movedAway.close();
    movedHere.close();
    control.close();
    outputs.close();
    kafkaMeters.close();
    client.close();
    registry.close();
    ended.countDown();
  }

  private void noteEnd() {
    try {
      orderlyEnd.end(Instant.now());
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("the state directory cannot be written; the next start reads all state from Kafka");
    }
  }
}
