/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.cluster.SettlementReader;
import io.streambed.cli.cluster.SettlementReader.Kind;
import io.streambed.cli.cluster.Start;
import io.streambed.cli.settlement.Settlement;
import io.streambed.cli.show.SettlementLine;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Prints the settlements there are and, on request, those that come. */
final class SettlementListing {
  private static final Duration PIECE = Duration.ofSeconds(1);
  private static final long STOP_MILLIS = 3_000;

  private final Cluster cluster;
  private final Console console;
  private final ReadOptions options;
  private final Function<Settlement, String> asJson;
  private final Start start;
  private final int most;
  private final Predicate<Settlement> wanted;

  /**
   * @param asJson how a settlement is written with {@code --json}
   * @param start where to begin
   * @param most of what there is, how many of the newest are shown
   * @param wanted which are shown
   */
  SettlementListing(
      Cluster cluster,
      Console console,
      ReadOptions options,
      Function<Settlement, String> asJson,
      Start start,
      int most,
      Predicate<Settlement> wanted) {
    this.cluster = cluster;
    this.console = console;
    this.options = options;
    this.asJson = asJson;
    this.start = start;
    this.most = most;
    this.wanted = wanted;
  }

  /** Prints the settlements of one kind and gives the exit code. */
  int print(Kind kind, String nothing) {
    SettlementLine line = new SettlementLine(console.colour());
    Function<Settlement, String> form = options.json ? asJson : line::of;
    KafkaAccess kafka = KafkaAccess.to(cluster);
    try (SettlementReader reader = SettlementReader.open(cluster, kafka, EnumSet.of(kind), start);
        StopSignal stop = StopSignal.listen(reader::wakeup, STOP_MILLIS)) {
      List<Settlement> there = reader.toEnd().stream().filter(wanted).toList();
      if (!options.json && (!there.isEmpty() || options.follow)) {
        console.print(line.heading());
      }
      there.stream()
          .skip(Math.max(0, there.size() - (long) most))
          .map(form)
          .forEach(console::print);
      if (reader.unreadable() > 0) {
        console.note(reader.unreadable() + " records cannot be read, and are passed over");
      }
      if (there.isEmpty() && !options.follow) {
        console.note(nothing);
      }
      while (options.follow && !stop.came()) {
        reader.poll(PIECE).stream().filter(wanted).map(form).forEach(console::print);
      }
    }
    return ExitCode.OK;
  }
}
