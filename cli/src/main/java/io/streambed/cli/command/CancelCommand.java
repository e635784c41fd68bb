/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.ControlPublisher;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.cluster.SettlementReader;
import io.streambed.cli.cluster.SettlementReader.Kind;
import io.streambed.cli.cluster.Start;
import io.streambed.cli.settlement.Settlement;
import io.streambed.schemas.DeadLetterCode;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cancels a request, and tells what has become of it. */
@Command(
    name = "cancel",
    header = "Cancel a request: what waits is settled as CANCELLED, without a call.",
    description = {
      "Orders every instance, by the topic of orders, to settle what was published under the id before "
          + "now and is not settled yet. A call that is open goes on, and its answer is paid for and kept; "
          + "others that wait for the same answer get it. The same id can be published again afterwards.",
      "",
      "Then it waits for the settlement, and where none comes looks whether there was one before. Reads "
          + "with isolation.level=read_committed and joins no consumer group."
    },
    exitCodeList = {
      "0:cancelled",
      "1:failed: it was answered or settled otherwise, or nothing is known of it",
      ExitCode.USAGE_TEXT,
      ExitCode.UNREACHABLE_TEXT,
      ExitCode.INTERRUPTED_TEXT
    },
    footer = {
      "",
      "Examples:",
      "  ./streambed cancel order-4711",
      "  ./streambed cancel prompt-requests-3-1042 --tenant acme"
    })
final class CancelCommand implements Callable<Integer> {
  private static final Duration PIECE = Duration.ofMillis(200);
  private static final long STOP_MILLIS = 5_000;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ID",
      description =
          "The request's id, or where it has none the topic-partition-offset at which it was published.")
  private String id = "";

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "On whose behalf it was asked. Default: ${DEFAULT-VALUE}.")
  private String tenant = "";

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "Longest wait for the settlement. Default: ${DEFAULT-VALUE}.")
  private Duration timeout = Duration.ZERO;

  @Mixin private ClusterOptions at;

  @Override
  public Integer call() throws NoSuchFileException {
    if (id.isBlank() || tenant.isBlank()) {
      throw CommandFailedException.usage(
          "give the ID of a request, and a tenant that is not empty");
    }
    Console console = Console.of(spec);
    Cluster cluster = at.cluster();
    KafkaAccess kafka = KafkaAccess.to(cluster);
    // The reader's place is fixed before the order is published, so that no settlement is missed.
    try (SettlementReader reader =
            SettlementReader.open(cluster, kafka, Kind.all(), new Start.End());
        StopSignal stop = StopSignal.listen(reader::wakeup, STOP_MILLIS)) {
      try (ControlPublisher publisher = ControlPublisher.open(cluster, kafka)) {
        publisher.cancel(tenant, id).join();
      } catch (CompletionException e) {
        throw kafka.reason(e);
      }
      long begun = System.nanoTime();
      while (!stop.came() && System.nanoTime() - begun < timeout.toNanos()) {
        Optional<Settlement> now = own(reader.poll(PIECE));
        if (now.isPresent()) {
          return tell(console, now.get());
        }
      }
      return stop.came() ? ExitCode.INTERRUPTED : lookBack(console, cluster, kafka);
    }
  }

  private Optional<Settlement> own(List<Settlement> settlements) {
    return settlements.stream()
        .filter(one -> one.id().equals(id) && one.tenant().orElse(tenant).equals(tenant))
        .findFirst();
  }

  private static int tell(Console console, Settlement settlement) {
    if (settlement instanceof Settlement.Dead dead
        && dead.value().getCode() == DeadLetterCode.CANCELLED) {
      console.print("cancelled");
      return ExitCode.OK;
    }
    console.print("not cancelled: it was settled in the meantime, as " + outcome(settlement));
    return ExitCode.FAILED;
  }

  private static String outcome(Settlement settlement) {
    return settlement instanceof Settlement.Dead dead
        ? "a dead letter, " + dead.value().getCode()
        : "answered";
  }

  /** No settlement has come: it may have been settled before. */
  private int lookBack(Console console, Cluster cluster, KafkaAccess kafka) {
    try (SettlementReader reader =
        SettlementReader.open(cluster, kafka, Kind.all(), new Start.Beginning())) {
      List<Settlement> own = new ArrayList<>();
      reader.toEnd(settlement -> own(List.of(settlement)).ifPresent(own::add));
      console.print(
          own.isEmpty()
              ? "ordered, and no settlement has come: nothing of that id and tenant waits in a running"
                  + " platform. If it is still to be read, it is settled as CANCELLED then"
              : "nothing to cancel: it was settled at "
                  + own.getLast().settledAt()
                  + ", as "
                  + outcome(own.getLast()));
      return ExitCode.FAILED;
    }
  }
}
