/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.limits.Instances;
import io.streambed.cli.limits.LaneSum;
import io.streambed.cli.show.LimitsTable;
import io.streambed.processors.ops.LimitsReport;
import io.streambed.processors.ops.OpsConfig;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what the lanes of a running platform may do, and do. */
@Command(
    name = "limits",
    header = "Show each lane's quota, use, throttles and waiting jobs, of a running platform.",
    description = {
      "Asks an instance over HTTP (ops.host, ops.port), by default the one on this machine, and then "
          + "those that it names, which are all of the platform's that it can tell the address of. "
          + "Prints the sum, and says where instances are missing from it."
    },
    exitCodeList = {
      ExitCode.OK_TEXT,
      "1:failed: the instances are of different platforms",
      ExitCode.USAGE_TEXT,
      "3:no instance answers",
      ExitCode.INTERRUPTED_TEXT
    },
    footer = {
      "",
      "Columns; a minute is the last one, and a quota that of all instances together:",
      "  CALLS       calls begun in the minute, of the quota of a minute",
      "  TOKENS      tokens of quota taken by calls that ended in it, of the quota of a minute",
      "  A DAY       quota of tokens of a day",
      "  SET ASIDE   tokens that the provider keeps for open calls, at the most that they can take",
      "  GRANTED     part of the quota that the provider grants, as learned from its throttling",
      "  OPEN        calls that are open, of those that may be, as learned from throttling",
      "  THROTTLED   calls that were throttled, in the minute and since the start",
      "  WAITING     work in memory that waits for its turn; the rest is the lag of the group",
      "",
      "Examples:",
      "  ./streambed limits",
      "  ./streambed limits --watch",
      "  ./streambed limits --instance http://10.0.0.5:8090 --json"
    })
final class LimitsCommand implements Callable<Integer> {
  private static final Duration WATCH_GAP = Duration.ofSeconds(2);
  private static final long STOP_MILLIS = 5_000;

  /** Shares are parts of a whole number of tasks; less is missing than the smallest of them. */
  private static final double WHOLE = 0.9995;

  @Spec private CommandSpec spec;

  @Option(
      names = "--instance",
      paramLabel = "URL",
      description =
          "Ask this one, such as http://10.0.0.5:8090; may be given several times. Default: the one on "
              + "this machine, by the settings.")
  private List<URI> instances = new ArrayList<>();

  @Option(names = "--json", description = "Print each lane as a JSON object on a line.")
  private boolean json;

  @Option(names = "--watch", description = "Print it again every two seconds, until Ctrl-C.")
  private boolean watch;

  @Mixin private ConfigOptions config;

  @Override
  public Integer call() throws NoSuchFileException, InterruptedException {
    Console console = Console.of(spec);
    List<URI> addresses = addresses();
    try (Instances ask = new Instances()) {
      if (!watch) {
        print(console, ask.ask(addresses));
        return ExitCode.OK;
      }
      try (StopSignal stop = StopSignal.listen(() -> {}, STOP_MILLIS)) {
        do {
          print(console, ask.ask(addresses));
        } while (!stop.await(WATCH_GAP));
        return ExitCode.OK;
      }
    }
  }

  private List<URI> addresses() throws NoSuchFileException {
    if (instances.isEmpty()) {
      OpsConfig ops = config.load().config().ops();
      boolean any = ops.host().equals("0.0.0.0") || ops.host().equals("::");
      String host = any ? "127.0.0.1" : ops.host();
      return List.of(
          URI.create(
              "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + ops.port()));
    }
    for (URI address : instances) {
      if (!List.of("http", "https").contains(String.valueOf(address.getScheme()))
          || address.getHost() == null) {
        throw CommandFailedException.usage(
            "--instance: '" + address + "' is no address; give one such as http://10.0.0.5:8090");
      }
    }
    return instances;
  }

  private void print(Console console, Instances.Found found) {
    if (found.reports().isEmpty()) {
      throw CommandFailedException.unreachable(nobody(found.silent()));
    }
    List<String> platforms =
        found.reports().stream().map(LimitsReport::applicationId).distinct().toList();
    if (platforms.size() > 1) {
      throw CommandFailedException.failed(
          "these are instances of several platforms, "
              + String.join(", ", platforms)
              + "; ask each platform's alone");
    }
    List<LaneSum> lanes = LaneSum.of(found.reports());
    if (json) {
      lanes.forEach(lane -> console.print(LimitsTable.json(lane, found.reports().size())));
    } else {
      LimitsTable.lines(lanes, found.reports().size()).forEach(console::print);
    }
    found.silent().forEach((address, why) -> console.note("not in it: " + address + ", " + why));
    if (found.share() < WHOLE) {
      console.note(
          String.format(
              Locale.ROOT,
              "the instances that told of themselves have %.0f %% of the work; --instance names others",
              100 * found.share()));
    }
  }

  private static String nobody(Map<URI, String> silent) {
    URI address = Objects.requireNonNull(silent.keySet().iterator().next());
    return address
        + ": "
        + silent.get(address)
        + "; is a platform running there, with ops.enabled? --instance says where one is";
  }
}
