/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import io.streambed.loadtests.bench.Bench;
import io.streambed.loadtests.bench.BenchException;
import io.streambed.loadtests.bench.KinesisBench;
import io.streambed.loadtests.bench.KinesisBench.Moved;
import io.streambed.loadtests.figures.Bars;
import io.streambed.loadtests.figures.Check;
import io.streambed.loadtests.figures.Table;
import io.streambed.loadtests.process.Window;
import io.streambed.loadtests.process.Window.Spent;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The connectors beside the bare AWS client: the same records are put and read by both. Kinesis is
 * an emulator here, which sets the pace of all; so CPU a record says more than records a second.
 */
final class KinesisScenario implements Scenario {
  private static final int SHARDS = 4;
  private static final int BYTES = 1_000;
  private static final String STREAM = "in";
  private static final String TOPIC = "records";
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static final List<String> KINDS =
      List.of("bare client, puts", "sink", "bare client, reads", "source");

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
    return Duration.ofMinutes(4L + (quick ? 4L : 12L) * repeats);
  }

  @Override
  public void run(Run run) {
    Path root = Path.of(System.getProperty("streambed.root", ".")).toAbsolutePath();
    if (!KinesisBench.isThere(root)) {
      throw new BenchException(
          "needs node and npm, for an emulator of Kinesis; install them and run etc/kinesis-local",
          null);
    }
    int records = run.either(20_000, 150_000);
    run.setting("records", records);
    run.setting("bytes a record", BYTES);
    run.setting("shards", SHARDS);
    for (int repeat = 0; repeat < run.repeats(); repeat++) {
      try (Bench bench = run.bench();
          KinesisBench kinesis = KinesisBench.start(bench, root)) {
        measure(run, bench, kinesis, records);
      }
    }
    show(run);
  }

  private static void measure(Run run, Bench bench, KinesisBench kinesis, int records) {
    kinesis.create(STREAM, SHARDS);
    kinesis.create("out", SHARDS);
    kinesis.create("warm", SHARDS);
    kinesis.put("warm", records / 4, BYTES);
    kinesis.get("warm", records / 4);

    run.say("the bare client puts " + records);
    Window puts = run.window();
    Moved put = kinesis.put(STREAM, records, BYTES);
    note(run, "bare client, puts", KinesisBench.CLIENT, put.records(), run.close(puts));

    run.say("the bare client reads them");
    Window gets = run.window();
    Moved got = kinesis.get(STREAM, records);
    note(run, "bare client, reads", KinesisBench.CLIENT, got.records(), run.close(gets));

    run.say("the source reads them");
    Window reads = run.window();
    kinesis.run("source", source());
    Seen seen = read(bench, records);
    note(run, "source", KinesisBench.WORKER, seen.records(), run.close(reads));
    run.check(
        Check.promise(
            "records of the source, seen by a reader of committed ones",
            "%,d, each once".formatted(records),
            "%,d, %,d of them different".formatted(seen.records(), seen.numbers()),
            seen.records() == records && seen.numbers() == records));
    kinesis.end("source");

    run.say("the sink writes them");
    Window writes = run.window();
    kinesis.run("sink", sink());
    Moved out = kinesis.get("out", records);
    note(run, "sink", KinesisBench.WORKER, out.distinct(), run.close(writes));
    run.check(
        Check.promise(
            "records of the sink, seen in the stream",
            "%,d, each at least once".formatted(records),
            "%,d, %,d of them different".formatted(out.records(), out.distinct()),
            out.distinct() == records));
    kinesis.end("sink");
  }

  private static Map<String, String> source() {
    return Map.of(
        "connector.class", "io.streambed.connectors.source.KinesisSourceConnector",
        "tasks.max", "2",
        "streams", STREAM,
        "topic", TOPIC,
        "exactly.once.support", "required");
  }

  private static Map<String, String> sink() {
    return Map.of(
        "connector.class", "io.streambed.connectors.sink.KinesisSinkConnector",
        "tasks.max", "2",
        "topics", TOPIC,
        "stream", "out",
        "dedup.id", "none");
  }

  private record Seen(int records, int numbers) {}

  private static Seen read(Bench bench, int count) {
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bench.endpoints().kafka(),
                "group.id", "reader",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed",
                "metadata.max.age.ms", "1000"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(Set.of(TOPIC));
      Set<Integer> numbers = new HashSet<>();
      int records = 0;
      long end = System.nanoTime() + LIMIT.toNanos();
      while (records < count && System.nanoTime() < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          records++;
          numbers.add(ByteBuffer.wrap(record.value()).getInt());
        }
      }
      return new Seen(records, numbers.size());
    }
  }

  private static void note(Run run, String kind, String process, long records, Spent spent) {
    run.figures().add(kind + ".rate", "records/s", records / spent.seconds());
    run.figures().add(kind + ".cpu", "µs/record", 1e6 * spent.cpu(process) / records);
    run.figures()
        .add(kind + ".emulator", "µs/record", 1e6 * spent.cpu(KinesisBench.EMULATOR) / records);
  }

  private static void show(Run run) {
    Table table =
        Table.of(
            "Records of " + BYTES + " bytes",
            "",
            "CPU by the bare client's",
            "records/s",
            "CPU µs a record",
            "emulator's CPU µs a record");
    for (String kind : KINDS) {
      String bare = kind.equals("sink") ? KINDS.get(0) : KINDS.get(2);
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
              run.figures().cell(kind + ".emulator"));
    }
    run.table(
        table.note(
            "Source and sink with the start of their tasks, in a worker that has just started, with exactly-once on; the bare client is warm."));
    run.chart(
        new Bars(
            "CPU a record",
            "µs",
            KINDS,
            Map.of(
                "CPU", KINDS.stream().map(kind -> run.figures().median(kind + ".cpu")).toList())));
  }
}
