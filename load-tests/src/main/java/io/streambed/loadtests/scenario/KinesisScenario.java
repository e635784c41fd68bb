/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import io.streambed.loadtests.bench.Arrivals;
import io.streambed.loadtests.bench.Bench;
import io.streambed.loadtests.bench.KinesisBench;
import io.streambed.loadtests.bench.KinesisBench.Moved;
import io.streambed.loadtests.bench.KinesisPrograms;
import io.streambed.loadtests.bench.Progress;
import io.streambed.loadtests.figures.Bars;
import io.streambed.loadtests.figures.Check;
import io.streambed.loadtests.figures.Table;
import io.streambed.loadtests.process.Window;
import io.streambed.loadtests.process.Window.Spent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The connectors beside the bare AWS client: the same records are put and read by both. Kinesis is
 * a stand-in without its limits, so that it is not what is measured.
 */
final class KinesisScenario implements Scenario {
  private static final int SHARDS = 4;
  private static final int BYTES = 1_000;
  private static final String STREAM = "in";
  private static final String OUT = "out";
  private static final String PUTS = "bare client, puts";
  private static final String SINK = "sink";
  private static final String READS = "bare client, reads";

  /** A transaction is what one poll gives, as it is by default. */
  private static final String POLLS = "source";

  /** Transactions are as large as the connector makes them, and so are the producer's batches. */
  private static final String LARGE = "source-large-batches";

  private static final List<String> KINDS = List.of(PUTS, SINK, READS, POLLS, LARGE);

  @Override
  public String name() {
    return "15-kinesis";
  }

  @Override
  public String question() {
    return "How many records a second do Kinesis source and sink move, and at what CPU each, beside"
        + " the bare AWS client?";
  }

  @Override
  public Duration limit(boolean quick, int subjects, int repeats) {
    return Duration.ofMinutes(2L + (quick ? 6L : 12L) * repeats);
  }

  @Override
  public void run(Run run) {
    Path root = Path.of(System.getProperty("streambed.root", ".")).toAbsolutePath();
    int records = run.either(60_000, 300_000);
    run.setting("records", records);
    run.setting("bytes a record", BYTES);
    run.setting("shards", SHARDS);
    for (int repeat = 0; repeat < run.repeats(); repeat++) {
      try (Bench bench = run.bench();
          KinesisBench kinesis = KinesisBench.start(bench, root)) {
        measure(run, kinesis, records);
      }
    }
    show(run);
  }

  private static void measure(Run run, KinesisBench kinesis, int records) {
    int warm = records / 2;
    kinesis.create(STREAM, SHARDS);
    kinesis.create(OUT, SHARDS);
    run.say("all move " + warm + ", to warm up");
    kinesis.put(STREAM, 0, warm, BYTES);
    kinesis.get(STREAM, warm);
    try (Arrivals polls = kinesis.arrivals(POLLS);
        Arrivals large = kinesis.arrivals(LARGE)) {
      warmSource(kinesis, POLLS, polls, warm);
      warmSource(kinesis, LARGE, large, warm);
      kinesis.run(SINK, sink());
      awaitSink(kinesis, polls);
      kinesis.pause(SINK);

      measureClient(run, kinesis, warm, records);
      measureSource(run, kinesis, POLLS, polls, records);
      measureSource(run, kinesis, LARGE, large, records);
      measureSink(run, kinesis, polls, records);
    }
  }

  /** Leaves it alive, so that neither its start nor its idling is measured. */
  private static void warmSource(KinesisBench kinesis, String source, Arrivals seen, int records) {
    kinesis.run(source, source(source));
    kinesis.await(source + " moves the first records", () -> seen.hasSeen(records));
    kinesis.pause(source);
  }

  private static void measureClient(Run run, KinesisBench kinesis, int from, int records) {
    run.say("the bare client puts " + records);
    Window puts = run.window();
    Moved put = kinesis.put(STREAM, from, records, BYTES);
    note(run, PUTS, KinesisPrograms.CLIENT, put.records(), run.close(puts));

    run.say("the bare client reads " + (from + records));
    Window gets = run.window();
    Moved got = kinesis.get(STREAM, from + records);
    note(run, READS, KinesisPrograms.CLIENT, got.records(), run.close(gets));
  }

  private static void measureSource(
      Run run, KinesisBench kinesis, String source, Arrivals seen, int records) {
    int all = seen.records() + records;
    run.say(source + " reads " + records);
    Window reads = run.window();
    kinesis.resume(source);
    kinesis.await(source + " moves all records", () -> seen.hasSeen(all));
    note(run, source, KinesisPrograms.WORKER, records, run.close(reads));
    kinesis.pause(source);
    // What is there twice comes late.
    seen.hasSeen(all);
    run.check(
        Check.promise(
            "records of " + source + ", seen by a reader of committed ones",
            "%,d, each once".formatted(all),
            "%,d, %,d of them different".formatted(seen.records(), seen.distinct()),
            seen.records() == all && seen.distinct() == all));
  }

  private static void measureSink(Run run, KinesisBench kinesis, Arrivals given, int records) {
    int all = given.records();
    run.say("the sink writes " + records);
    Window writes = run.window();
    kinesis.resume(SINK);
    awaitSink(kinesis, given);
    note(run, SINK, KinesisPrograms.WORKER, records, run.close(writes));
    Moved out = kinesis.get(OUT, all);
    run.check(
        Check.promise(
            "records of the sink, seen in the stream",
            "%,d, each at least once".formatted(all),
            "%,d, %,d of them different".formatted(out.records(), out.distinct()),
            out.distinct() == all));
  }

  private static void awaitSink(KinesisBench kinesis, Arrivals arrivals) {
    try (Progress progress = kinesis.progress(SINK, arrivals)) {
      kinesis.await("the sink moves all records", progress::isDone);
    }
  }

  private static Map<String, String> source(String name) {
    Map<String, String> settings = new HashMap<>();
    settings.put("connector.class", "io.streambed.connectors.source.KinesisSourceConnector");
    settings.put("tasks.max", "2");
    settings.put("streams", STREAM);
    settings.put("topic", name);
    settings.put("exactly.once.support", "required");
    if (name.equals(LARGE)) {
      settings.put("transaction.boundary", "connector");
      settings.put("producer.override.batch.size", "262144");
    }
    return settings;
  }

  private static Map<String, String> sink() {
    return Map.of(
        "connector.class", "io.streambed.connectors.sink.KinesisSinkConnector",
        "tasks.max", "2",
        "topics", POLLS,
        "stream", OUT,
        "dedup.id", "none");
  }

  private static void note(Run run, String kind, String process, long records, Spent spent) {
    run.figures().add(kind + ".rate", "records/s", records / spent.seconds());
    run.figures().add(kind + ".cpu", "µs/record", 1e6 * spent.cpu(process) / records);
    run.figures().add(kind + ".broker", "µs/record", 1e6 * spent.cpu("broker") / records);
    run.figures()
        .add(kind + ".kinesis", "µs/record", 1e6 * spent.cpu(KinesisPrograms.STAND_IN) / records);
  }

  private static void show(Run run) {
    Table table =
        Table.of(
            "Records of " + BYTES + " bytes",
            "",
            "CPU by the bare client's",
            "records/s",
            "CPU µs a record",
            "broker's CPU µs a record",
            "stand-in's CPU µs a record");
    for (String kind : KINDS) {
      String bare = kind.equals(SINK) ? PUTS : READS;
      double ratio =
          kind.startsWith("bare")
              ? 1
              : run.figures().median(kind + ".cpu") / run.figures().median(bare + ".cpu");
      table =
          table.row(
              kind,
              ratio,
              run.figures().cell(kind + ".rate"),
              run.figures().cell(kind + ".cpu"),
              run.figures().cell(kind + ".broker"),
              run.figures().cell(kind + ".kinesis"));
    }
    run.table(
        table.note(
            "Source and sink run in one worker of Kafka Connect, whose CPU is all counted: its"
                + " clients of Kafka, and what exactly-once costs, are part of it. %s is the source"
                    .formatted(LARGE)
                + " with `transaction.boundary` connector and `producer.override.batch.size`"
                + " 262144. Everything has moved half as many"
                + " records before, to warm up. The sink is timed to the commit of its offsets,"
                + " four a second. The stand-in for Kinesis has none of its limits."));
    run.chart(
        new Bars(
            "CPU a record",
            "µs",
            KINDS,
            Map.of(
                "CPU", KINDS.stream().map(kind -> run.figures().median(kind + ".cpu")).toList())));
  }
}
