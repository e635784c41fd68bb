/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import io.streambed.loadtests.bench.Bench;
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
  private static final int PROMPT_BYTES = 60_000;
  private static final int INTAKE = 100;
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SETTLE = Duration.ofSeconds(20);

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

  private static final List<Integer> REQUESTS = List.of(2 * INTAKE, 6_000);

  private final Run run;

  RestoreMeasurement(Run run) {
    this.run = run;
  }

  void measure() {
    for (Way way : Way.values()) {
      for (int requests : REQUESTS) {
        run.say("state of %,d jobs, %s".formatted(requests, way.title()));
        measure(way, requests);
      }
    }
  }

  private void measure(Way way, int requests) {
    try (Bench bench = run.bench()) {
      // No call ends: all that was taken in stays in the stores.
      bench.standIn().takes(LONG);
      List<SubjectSettings> all = new ArrayList<>();
      List<Child> instances = new ArrayList<>();
      for (int n = 1; n <= way.instances; n++) {
        SubjectSettings settings =
            bench
                .instance("node-" + n, INTAKE)
                .with("session.timeout.ms", 1500)
                .with("transaction.timeout.ms", 2000)
                .with("invocation.max.bytes", 1 << 30)
                .with("standby.replicas", way.standbys);
        all.add(settings);
        instances.add(bench.start(run.streambed(), settings));
      }
      bench.load().publish(Batch.backlog(1, requests).promptBytes(PROMPT_BYTES));
      run.rest(SETTLE);
      double megabytes = bench.stateBytes(all.getFirst()) / 1e6;
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

  void show() {
    Table table =
        Table.of("From a kill until the work goes on", "", "MB of state", "s", "s more a GB");
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
                requests == REQUESTS.getFirst() ? "–" : seconds / gigabytes);
      }
    }
    run.table(table.note("The prompts of jobs in flight, about 60 kB each; `local`'s settings."));
  }
}
