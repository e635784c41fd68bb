/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.DeadLetterReader;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.cluster.MissingTopicException;
import io.streambed.cli.cluster.RecordReader;
import io.streambed.cli.cluster.RedriveLog;
import io.streambed.cli.cluster.RedrivePublisher;
import io.streambed.cli.cluster.RequestDecoder;
import io.streambed.cli.cluster.RuleProgress;
import io.streambed.cli.cluster.Start;
import io.streambed.cli.cluster.TopicLimits;
import io.streambed.cli.cluster.UsageReader;
import io.streambed.cli.redrive.Choosing;
import io.streambed.cli.redrive.DryRun;
import io.streambed.cli.redrive.Forecast;
import io.streambed.cli.redrive.MeanCosts;
import io.streambed.cli.redrive.Originals;
import io.streambed.cli.redrive.Plan;
import io.streambed.cli.redrive.RedriveRun;
import io.streambed.cli.redrive.Tally;
import io.streambed.cli.request.BadFieldException;
import io.streambed.cli.show.RedriveReport;
import io.streambed.processors.AdmissionPreview;
import io.streambed.processors.config.StreambedConfig;
import io.streambed.processors.redrive.Ledger;
import io.streambed.processors.redrive.WayBack;
import io.streambed.schemas.DeadLetter;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Publishes the requests of dead letters again. */
@Command(
    name = "redrive",
    header = "Publish the requests of dead letters again, each once.",
    description = {
      "Key, value and headers go to where they came from, as they were but for what --patch changes; "
          + "what `replay --live` had asked goes to the platform's topic of live requests. Headers that "
          + "begin with streambed- say that the request is redriven, and which one it was. What was done is told in the topic of redrives, in the transaction that does it: a run that "
          + "is repeated, or that was killed and is started again, redrives nothing twice. A request that "
          + "was redriven --most times is parked.",
      "",
      "One redrive runs at a time: a second one ends the first. Reads with "
          + "isolation.level=read_committed and joins no consumer group."
    },
    exitCodeList = {
      ExitCode.OK_TEXT,
      "1:failed: another redrive has begun, or what the message says",
      ExitCode.USAGE_TEXT,
      ExitCode.UNREACHABLE_TEXT,
      ExitCode.INTERRUPTED_TEXT
    },
    footer = {
      "",
      "Examples:",
      "  ./streambed redrive --kind provider,capacity --since 2h --dry-run",
      "  ./streambed redrive --kind provider,capacity --since 2h --rate 50",
      "  ./streambed redrive --code UNKNOWN_MODEL --patch model=default --limit 100",
      "  ./streambed redrive --code EXPIRED --patch deadline=1h --run after-the-outage"
    })
final class RedriveCommand implements Callable<Integer> {
  private static final long STOP_MILLIS = 20_000;

  /** As far back as calls' costs are looked at. */
  private static final Duration LATELY = Duration.ofDays(7);

  @Spec private CommandSpec spec;
  @Mixin private SelectionOptions which;
  @Mixin private RedriveOptions how;

  @Option(
      names = "--dry-run",
      description = "Say what would go where and what it would cost, and publish nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print what was done as a JSON object on a line.")
  private boolean json;

  @Mixin private ClusterOptions at;

  @Override
  public Integer call() throws NoSuchFileException, BadFieldException {
    Instant now = Instant.now();
    Plan plan = how.plan(which.selection(now), now);
    StreambedConfig settings = at.settings();
    Cluster cluster = at.cluster();
    KafkaAccess kafka = KafkaAccess.to(cluster);
    try (RecordReader records = RecordReader.open(kafka);
        RequestDecoder decoder = new RequestDecoder(cluster);
        TopicLimits limits = TopicLimits.open(kafka)) {
      plan.to()
          .filter(topic -> limits.of(topic).isEmpty())
          .ifPresent(topic -> {
            throw MissingTopicException.of(topic, "--to");
          });
      Originals originals = new Originals(records);
      Choosing.Sources sources =
          new Choosing.Sources(
              originals::of, new WayBack(cluster.topics())::of, decoder::schema, limits::of);
      return dryRun
          ? foresee(
              plan, settings, kafka, sources, new AdmissionPreview(settings, decoder.registry()))
          : redrive(plan, settings, kafka, sources);
    }
  }

  private int foresee(
      Plan plan,
      StreambedConfig settings,
      KafkaAccess kafka,
      Choosing.Sources sources,
      AdmissionPreview preview)
      throws NoSuchFileException {
    Cluster cluster = at.cluster();
    RuleProgress rule = rule(settings, cluster, kafka);
    Tally tally = new Tally();
    Forecast forecast = new Forecast(costs(cluster, kafka));
    DryRun run =
        new DryRun(
            new Choosing(plan, ledger(cluster, kafka), tally, sources),
            preview,
            cluster.topics(),
            forecast,
            tally,
            Clock.systemUTC());
    tally.unreadable(read(plan, cluster, kafka, rule, run::take));
    RedriveReport report = new RedriveReport(plan, tally);
    tell(json ? report.foreseenJson(forecast) : report.foreseen(forecast));
    return ExitCode.OK;
  }

  private int redrive(
      Plan plan, StreambedConfig settings, KafkaAccess kafka, Choosing.Sources sources)
      throws NoSuchFileException {
    Cluster cluster = at.cluster();
    String transactionalId = settings.kafka().applicationId() + "-redrive";
    Tally tally = new Tally();
    boolean stopped;
    // Whoever redrove before is cut off first; only then what it has done is final.
    try (RedrivePublisher publisher = RedrivePublisher.open(cluster, kafka, transactionalId);
        StopSignal stop = StopSignal.listen(() -> {}, STOP_MILLIS)) {
      RuleProgress rule = rule(settings, cluster, kafka);
      RedriveRun run =
          new RedriveRun(
              plan,
              new Choosing(plan, ledger(cluster, kafka), tally, sources),
              publisher,
              Clock.systemUTC(),
              wait -> await(stop, wait),
              tally);
      tally.unreadable(read(plan, cluster, kafka, rule, run::take));
      run.end();
      stopped = stop.came();
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      throw CommandFailedException.failed(
          "another redrive has begun and ended this one, after "
              + tally.redriven()
              + " requests; what it had not committed is left to the other");
    }
    RedriveReport report = new RedriveReport(plan, tally);
    tell(json ? report.doneJson() : report.done());
    return stopped ? ExitCode.INTERRUPTED : ExitCode.OK;
  }

  private static boolean await(StopSignal stop, Duration wait) {
    try {
      return stop.await(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void tell(List<String> lines) {
    Console console = Console.of(spec);
    lines.forEach(console::print);
  }

  /** Before the topic of redrives is read: what the rule does from then on is its own. */
  private static RuleProgress rule(StreambedConfig settings, Cluster cluster, KafkaAccess kafka) {
    return RuleProgress.of(
        cluster, kafka, settings.kafka().applicationId(), settings.redrive().enabled());
  }

  private static Ledger ledger(Cluster cluster, KafkaAccess kafka) {
    Ledger ledger = new Ledger();
    RedriveLog.read(cluster, kafka, ledger::note);
    return ledger;
  }

  private static MeanCosts costs(Cluster cluster, KafkaAccess kafka) {
    MeanCosts costs = new MeanCosts();
    Instant since = Instant.now().minus(LATELY);
    try (UsageReader usage = UsageReader.open(cluster, kafka, new Start.Since(since))) {
      usage.toEnd(costs::add);
    }
    return costs;
  }

  private static int read(
      Plan plan,
      Cluster cluster,
      KafkaAccess kafka,
      RuleProgress rule,
      BiConsumer<DeadLetter, Boolean> taker) {
    return DeadLetterReader.read(
        cluster,
        kafka,
        Start.from(plan.selection().from()),
        placed -> taker.accept(placed.letter(), rule.owns(placed)));
  }
}
