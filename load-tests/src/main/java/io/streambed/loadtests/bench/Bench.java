/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import io.streambed.loadtests.judgement.Evidence;
import io.streambed.loadtests.judgement.Judgement;
import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.process.Children;
import io.streambed.loadtests.process.Launch;
import io.streambed.loadtests.service.BareClientMain;
import io.streambed.loadtests.service.Batch;
import io.streambed.loadtests.service.BrokerMain;
import io.streambed.loadtests.service.LoadMain;
import io.streambed.loadtests.service.StandInMain;
import io.streambed.loadtests.subject.Endpoints;
import io.streambed.loadtests.subject.StreambedSubject;
import io.streambed.loadtests.subject.Subject;
import io.streambed.loadtests.subject.SubjectSettings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fresh services for one measurement, each in a JVM of its own, so that nothing of an earlier one
 * is left: broker with registry, stand-in, load. What it started ends with it. For one thread.
 *
 * <pre>{@code
 * try (Bench bench = Bench.start(children, false)) {
 *   bench.standIn().takes(Duration.ofSeconds(1));
 *   bench.load().publish(Batch.backlog(1, 10_000));
 *   Child streambed = bench.start(subject, bench.settings(subject, 1000));
 *   bench.verifier().awaitSettled(10_000, Duration.ofMinutes(1));
 *   Judgement judgement = bench.judge(subject);
 * }
 * }</pre>
 */
public final class Bench implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final String BROKER_HEAP = "1g";
  private static final String STAND_IN_HEAP = "2g";

  private final Children children;
  private final List<Child> started = new ArrayList<>();
  private final Path data;
  private final Child broker;
  private final Child standInProcess;
  private final Endpoints endpoints;
  private final StandIn standIn;
  private final Verifier verifier;
  private final Load load;

  private Bench(Children children, List<String> brokerFlags) {
    this.children = children;
    try {
      this.data = Files.createTempDirectory(children.folder(), "bench-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.broker =
        begin(
            Launch.own(
                "broker", BROKER_HEAP, BrokerMain.class, brokerArguments(data, brokerFlags)));
    this.standInProcess =
        begin(Launch.own("stand-in", STAND_IN_HEAP, StandInMain.class, List.of()));
    String[] brokerAndRegistry = broker.awaitReady(START_LIMIT).split(" ", -1);
    this.endpoints =
        new Endpoints(
            brokerAndRegistry[0], brokerAndRegistry[1], standInProcess.awaitReady(START_LIMIT));
    this.standIn = new StandIn(endpoints.bedrock());
    Path sent = data.resolve("sent");
    Child loader =
        begin(
            Launch.own(
                "load",
                "512m",
                LoadMain.class,
                List.of(
                    "--kafka", endpoints.kafka(),
                    "--registry", endpoints.registry(),
                    "--sent", sent.toString())));
    loader.awaitReady(START_LIMIT);
    this.load = new Load(loader, sent);
    this.verifier = new Verifier(endpoints.kafka(), endpoints.registry());
  }

  /**
   * Starts the services.
   *
   * @param stockBroker with a stock broker's settings, not those of {@code local}
   */
  public static Bench start(Children children, boolean stockBroker) {
    return new Bench(children, List.of("--stock", "" + stockBroker));
  }

  /** Starts the services, with topics of so many partitions. */
  public static Bench start(Children children, int partitions) {
    return new Bench(children, List.of("--partitions", "" + partitions));
  }

  /**
   * Starts the services, with a broker that looks at access-control lists; everything is allowed.
   */
  public static Bench withAccessControl(Children children) {
    return new Bench(children, List.of("--access-control", "true"));
  }

  private static List<String> brokerArguments(Path data, List<String> flags) {
    List<String> all = new ArrayList<>(flags);
    all.addAll(List.of("--data", data.resolve("kafka").toString()));
    return all;
  }

  /** Starts a process that ends with the bench. */
  public Child begin(Launch launch) {
    Child child = children.start(launch);
    started.add(child);
    return child;
  }

  /** Usual settings of an instance of a subject, with a folder of its own. */
  public SubjectSettings settings(Subject subject, int limit) {
    return instance(subject.name(), limit);
  }

  /** Usual settings of an instance with an id, the same folder for the same id. */
  public SubjectSettings instance(String id, int limit) {
    return SubjectSettings.of(limit, id, data.resolve("state-" + id));
  }

  /** Starts an instance of a subject and waits until it works. */
  public Child start(Subject subject, SubjectSettings settings) {
    Child child = startNow(subject, settings);
    child.awaitReady(START_LIMIT);
    return child;
  }

  /** Starts an instance of a subject and does not wait. */
  public Child startNow(Subject subject, SubjectSettings settings) {
    return begin(subject.launch(endpoints, settings));
  }

  /** Starts the bare client, which may have so many calls open. */
  public BareClient startBareClient(int limit) {
    Child child =
        begin(
            Launch.own(
                BareClient.NAME,
                "1g",
                BareClientMain.class,
                List.of("--bedrock", endpoints.bedrock(), "--limit", "" + limit)));
    child.awaitReady(START_LIMIT);
    return new BareClient(child);
  }

  /** Judges the run, which must have come to rest. */
  public Judgement judge(Subject subject) {
    Evidence evidence = evidence();
    return subject instanceof StreambedSubject
        ? Judgement.of(evidence)
        : Judgement.withoutUsage(evidence);
  }

  /** All that is known of the run from outside. */
  public Evidence evidence() {
    if (!verifier.awaitCaughtUp(START_LIMIT)) {
      throw new BenchException("what is committed could not be read", null);
    }
    return new Evidence(
        load.published().keySet(), verifier.settlements(), verifier.usage(), standIn.ledger());
  }

  /** A new look at the attempts that Streambed has committed; close it. */
  public AttemptLog attemptLog() {
    return new AttemptLog(endpoints.kafka());
  }

  /** Bytes that an instance holds on disk. */
  public long stateBytes(SubjectSettings settings) {
    try (Stream<Path> files = Files.walk(settings.stateDir())) {
      return files.map(Path::toFile).mapToLong(File::length).sum();
    } catch (IOException | UncheckedIOException e) {
      // A store that is compacted meanwhile takes files away.
      return 0;
    }
  }

  /** Deletes the state of an instance that does not run, as a lost disk would. */
  public void loseState(SubjectSettings settings) {
    delete(settings.stateDir());
  }

  /** A new look at who has which share of the work; close it. */
  public Group group() {
    return new Group(endpoints.kafka());
  }

  /** Begins to publish so many requests a second, until it is stopped. */
  public SteadyLoad steadyLoad(int perSecond) {
    return new SteadyLoad(load, perSecond);
  }

  /** The same with other requests, numbered from the first on. */
  public SteadyLoad steadyLoad(Batch first) {
    return new SteadyLoad(load, first);
  }

  /** A new look at what a run of replay has written; close it. */
  public RunLog runLog() {
    return new RunLog(endpoints.kafka());
  }

  /** A new look at what the broker writes; close it. */
  public BrokerLog brokerLog() {
    return new BrokerLog(endpoints.kafka());
  }

  /** The stand-in. */
  public StandIn standIn() {
    return standIn;
  }

  /** The load. */
  public Load load() {
    return load;
  }

  /** What a reader of committed records has seen. */
  public Verifier verifier() {
    return verifier;
  }

  /** The process of the broker and the registry; for its orders see {@link BrokerMain}. */
  public Child broker() {
    return broker;
  }

  /** The process of the stand-in; for its orders see {@link StandInMain}. */
  public Child standInProcess() {
    return standInProcess;
  }

  /** Where the services are. */
  public Endpoints endpoints() {
    return endpoints;
  }

  /** Folder of the state and of the broker's logs; deleted on close. */
  public Path data() {
    return data;
  }

  @Override
  public void close() {
    verifier.close();
    standIn.close();
    started.reversed().forEach(Child::kill);
    delete(data);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("could not delete " + folder);
    }
  }
}
