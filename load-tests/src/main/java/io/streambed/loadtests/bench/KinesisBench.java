/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.loadtests.process.Child;
import io.streambed.local.port.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A stand-in for Kinesis, the bare AWS client, and a Kafka Connect worker with the connectors, each
 * a process of its own beside those of a {@link Bench}, with which they end.
 */
public final class KinesisBench implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final String REGION = "eu-central-1";
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration LIMIT = Duration.ofMinutes(6);

  /** A question is work for the worker, which is measured. */
  private static final Duration LOOK_EACH = Duration.ofSeconds(5);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Bench bench;
  private final String kinesis;
  private final ConnectApi connect;
  private final Child client;
  private final List<Child> programs;
  private final Set<String> connectors = new HashSet<>();
  private long lookedNanos = System.nanoTime();

  private KinesisBench(Bench bench, Path root) {
    Child standIn = bench.begin(KinesisPrograms.standIn());
    URI rest = URI.create("http://" + HOST + ":" + Ports.free(HOST));
    Child worker = bench.begin(KinesisPrograms.worker(bench, rest, root));
    this.bench = bench;
    this.kinesis = standIn.awaitReady(START_LIMIT);
    this.client = bench.begin(KinesisPrograms.client(kinesis, REGION));
    this.programs = List.of(client, bench.broker(), standIn, worker);
    this.connect = new ConnectApi(rest);
  }

  /**
   * Starts all three; they take requests when this returns.
   *
   * @throws io.streambed.loadtests.process.ProcessFailedException if one of them ends, here and in
   *     all that waits
   */
  public static KinesisBench start(Bench bench, Path root) {
    KinesisBench started = new KinesisBench(bench, root);
    started.client.awaitReady(START_LIMIT);
    started.await("the worker takes requests", START_LIMIT, started.connect::isReady);
    return started;
  }

  /** What the bare client did: how many records, how many of them different, in which time. */
  public record Moved(long records, int distinct, double seconds) {}

  /** Makes a stream. */
  public void create(String stream, int shards) {
    client.ask("create %s %d".formatted(stream, shards), LIMIT, this::check);
  }

  /** Has the bare client put records that are numbered from this number on. */
  public Moved put(String stream, int from, int count, int bytes) {
    return moved(
        client.ask("put %s %d %d %d".formatted(stream, from, count, bytes), LIMIT, this::check));
  }

  /** Has the bare client read a stream until it has seen so many different records. */
  public Moved get(String stream, int count) {
    return moved(client.ask("get %s %d".formatted(stream, count), LIMIT, this::check));
  }

  private static Moved moved(String answer) {
    try {
      return JSON.readValue(answer, Moved.class);
    } catch (JsonProcessingException e) {
      throw new BenchException("the bare client answers " + answer, e);
    }
  }

  /** Makes a connector that runs at once; what it needs to find the stand-in is added. */
  public void run(String name, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("aws.endpoint", kinesis);
    all.put("aws.region", REGION);
    all.put("aws.access.key.id", "AKIDEXAMPLE");
    all.put("aws.secret.access.key", "key");
    all.put("topic.creation.default.partitions", "4");
    all.put("topic.creation.default.replication.factor", "1");
    connect.put(name, all);
    connectors.add(name);
  }

  /** Has a connector do nothing, its tasks alive, and waits until that is so. */
  public void pause(String name) {
    connect.pause(name);
    await(name + " is paused", () -> connect.isAll(name, "PAUSED"));
  }

  /** Has it go on. */
  public void resume(String name) {
    connect.resume(name);
  }

  /** A new look at what a source has written to a topic; close it. */
  public Arrivals arrivals(String topic) {
    return new Arrivals(bench.endpoints().kafka(), topic);
  }

  /** A new look at whether a sink is done with records that have arrived; close it. */
  public Progress progress(String sink, Arrivals arrivals) {
    return new Progress(bench.endpoints().kafka(), "connect-" + sink, arrivals.ends());
  }

  /**
   * Waits.
   *
   * @param what is waited for, for the message that says that it did not come
   */
  public void await(String what, BooleanSupplier condition) {
    await(what, LIMIT, condition);
  }

  private void await(String what, Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      check();
      if (System.nanoTime() > end) {
        throw new BenchException("not within " + limit + ": " + what, null);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /** Makes sure that nothing has ended or failed that a wait would be for in vain. */
  private void check() {
    programs.forEach(Child::assertAlive);
    if (System.nanoTime() - lookedNanos > LOOK_EACH.toNanos()) {
      lookedNanos = System.nanoTime();
      connectors.forEach(connect::assertNotFailed);
    }
  }

  @Override
  public void close() {
    connect.close();
  }
}
