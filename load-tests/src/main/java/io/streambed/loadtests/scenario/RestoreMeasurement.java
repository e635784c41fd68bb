/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import io.streambed.loadtests.bench.Bench;
import io.streambed.loadtests.bench.BrokerLog;
import io.streambed.loadtests.figures.Table;
import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.service.Batch;
import io.streambed.loadtests.subject.SubjectSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long after a kill the work goes on, by the size of the state: restarted, taken over by
 * another instance, and taken over with a standby. That it goes on is seen by the first usage event
 * that tells of an attempt of unknown outcome: it is what a task writes first when its stores are
 * read.
 */
final class RestoreMeasurement {
  private static final int PROMPT_BYTES = 512;
  private static final int ANSWER_WORDS = 300;

  /** Calls that are open at the kill. */
  private static final int OPEN = 100;

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SETTLE = Duration.ofSeconds(5);

  private enum Way {
    RESTARTED(1, 0),
    TAKEN_OVER(2, 0),
    TAKEN_OVER_BY_A_STANDBY(2, 1);

    private final int instances;
    private final int standbys;

    Way(int instances, int standbys) {
      this.instances = instances;
      this.standbys = standbys;
    }

    private String title() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }

  private static final List<Integer> REQUESTS = List.of(200, 60_000);

  private final Run run;

  RestoreMeasurement(Run run) {
    this.run = run;
  }

  void measure() {
    for (Way way : Way.values()) {
      for (int requests : REQUESTS) {
        run.say("state of %,d answers, %s".formatted(requests, way.title()));
        measure(way, requests);
      }
    }
  }

  private void measure(Way way, int requests) {
    try (Bench bench = run.bench()) {
      bench.standIn().takes(Duration.ZERO);
      List<SubjectSettings> all = new ArrayList<>();
      List<Child> instances = new ArrayList<>();
      for (int n = 1; n <= way.instances; n++) {
        SubjectSettings settings =
            bench
                .instance("node-" + n, OPEN)
                .with("session.timeout.ms", 1500)
                .with("standby.replicas", way.standbys);
        all.add(settings);
        instances.add(bench.start(run.streambed(), settings));
      }
      bench.load().publish(answers(requests));
      bench.verifier().awaitSettled(requests, LONG);
      bench.standIn().takes(LONG);
      bench.load().publish(Batch.backlog(requests + 1, OPEN));
      run.await(LONG, () -> bench.standIn().open() >= OPEN);
      run.rest(SETTLE);
      double megabytes;
      try (BrokerLog log = bench.brokerLog()) {
        megabytes = log.bytes(topic -> topic.endsWith("-changelog")) / 1e6;
      }
      long before = bench.verifier().possiblyBilled();
      long at = System.nanoTime();
      instances.getFirst().kill();
      if (way == Way.RESTARTED) {
        bench.startNow(run.streambed(), all.getFirst());
      }
      run.await(LONG, () -> bench.verifier().possiblyBilled() > before);
      String name = "restore." + way.title() + "." + requests;
      run.figures().add(name + ".seconds", "s", (System.nanoTime() - at) / 1e9);
      run.figures().add(name + ".state", "MB", megabytes);
    }
  }

  private static Batch answers(int count) {
    return Batch.backlog(1, count).promptBytes(PROMPT_BYTES).answerWords(ANSWER_WORDS);
  }

  void show() {
    Table table =
        Table.of("From a kill until the work goes on", "", "MB of changelogs", "s", "s more a GB");
    for (Way way : Way.values()) {
      String small = "restore." + way.title() + "." + REQUESTS.getFirst();
      for (int requests : REQUESTS) {
        String name = "restore." + way.title() + "." + requests;
        double gigabytes =
            (run.figures().median(name + ".state") - run.figures().median(small + ".state")) / 1e3;
        double seconds =
            run.figures().median(name + ".seconds") - run.figures().median(small + ".seconds");
        table =
            table.row(
                way.title(),
                run.figures().cell(name + ".state"),
                run.figures().cell(name + ".seconds"),
                gigabytes > 0 ? seconds / gigabytes : "–");
      }
    }
    run.table(
        table.note(
            "Answers of 300 words that are known, and %d calls that are open; `local`'s settings."
                .formatted(OPEN)));
  }
}
