/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.cluster.OpenRequests;
import io.streambed.cli.cluster.Published;
import io.streambed.cli.cluster.SettlementReader;
import io.streambed.cli.settlement.Settlement;
import io.streambed.cli.show.AvroJson;
import io.streambed.cli.show.Money;
import io.streambed.cli.show.SettlementLine;
import io.streambed.cli.show.Snippet;
import io.streambed.schemas.PromptResult;
import java.time.Duration;

/** Waits for the settlements of requests and prints them as they come. */
final class Waiting {
  private static final Duration PIECE = Duration.ofMillis(500);

  private final Console console;
  private final WaitOptions options;
  private final OpenRequests<Published> open;
  private final int count;
  private final SettlementLine line;
  private int deadLetters;

  Waiting(Console console, WaitOptions options, OpenRequests<Published> open) {
    this.console = console;
    this.options = options;
    this.open = open;
    this.count = open.size();
    this.line = new SettlementLine(console.colour());
  }

  /** Waits until all are settled, the time is over or the signal came; gives the exit code. */
  int untilSettled(SettlementReader reader, StopSignal stop) {
    long begun = System.nanoTime();
    if (!options.json && count > 1) {
      console.print(line.heading());
    }
    int left = count;
    while (left > 0) {
      if (stop.came()) {
        return ExitCode.INTERRUPTED;
      }
      if (System.nanoTime() - begun > options.timeout.toNanos()) {
        console.note(
            "%d of %d requests are not settled after %d s and go on; see ./streambed results --follow"
                .formatted(left, count, options.timeout.toSeconds()));
        return ExitCode.TIMED_OUT;
      }
      for (Settlement settlement : reader.poll(PIECE)) {
        if (open.settle(settlement).isPresent()) {
          left--;
          show(settlement);
        }
      }
    }
    if (count > 1) {
      console.note(
          "settled %d of %d requests: %d results, %d dead letters"
              .formatted(count, count, count - deadLetters, deadLetters));
    }
    return deadLetters == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private void show(Settlement settlement) {
    if (settlement instanceof Settlement.Dead) {
      deadLetters++;
    }
    if (options.json) {
      console.print(AvroJson.of(settlement.value()).toString());
    } else if (count == 1 && settlement instanceof Settlement.Answered answered) {
      alone(answered.value());
    } else {
      console.print(line.of(settlement));
    }
  }

  /** A single answer is what was asked for: it goes out whole, and what it cost beside it. */
  private void alone(PromptResult result) {
    String text = SettlementLine.text(result);
    console.print(
        text.isEmpty() ? AvroJson.of(result).get("content").toString() : Snippet.printable(text));
    console.note(
        "%s by %s: %s tokens in/out, %s, %s ms in the model, stopped with %s"
            .formatted(
                result.getSource(),
                result.getModel(),
                SettlementLine.tokens(result.getUsage()),
                Money.dollars(result.getCostPicoDollars()),
                result.getModelMillis(),
                result.getStopReason()));
  }
}
