/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.demo;

import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.cluster.OpenRequests;
import io.streambed.cli.cluster.Published;
import io.streambed.cli.cluster.RequestPublisher;
import io.streambed.cli.cluster.SettlementReader;
import io.streambed.cli.cluster.SettlementReader.Kind;
import io.streambed.cli.cluster.Start;
import io.streambed.cli.cluster.UsageReader;
import io.streambed.cli.demo.DemoLine.Content;
import io.streambed.cli.request.BadFieldException;
import io.streambed.cli.settlement.Settlement;
import io.streambed.cli.show.Colour;
import io.streambed.cli.show.SettlementLine;
import io.streambed.cli.stack.LocalStack;
import io.streambed.schemas.UsageEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Publishes the workload to a platform that runs, prints each settlement as it comes, and says
 * whether each request was settled as its file says it should be. For one thread.
 */
public final class Demonstration {
  /** Many times what it takes; reached only where something is wrong. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Duration PIECE = Duration.ofMillis(200);

  private final LocalStack stack;
  private final Consumer<String> out;
  private final Colour colour;
  private final SettlementLine line;
  private final Tally tally = new Tally();
  private final OpenRequests<DemoLine> open = new OpenRequests<>();

  /**
   * @param stack where the platform works
   * @param out takes a line at a time
   * @param colour whether lines are coloured
   */
  public Demonstration(LocalStack stack, Consumer<String> out, Colour colour) {
    this.stack = stack;
    this.out = out;
    this.colour = colour;
    this.line = new SettlementLine(colour);
  }

  /**
   * Runs it.
   *
   * @return whether everything was settled as its file says
   * @throws BadFieldException if a file of the workload is wrong
   * @throws IOException if a file of the workload cannot be read
   */
  public boolean run() throws BadFieldException, IOException {
    Workload workload = Workload.read(Instant.now());
    KafkaAccess kafka = KafkaAccess.to(stack.cluster());
    try (RequestPublisher publisher = RequestPublisher.open(stack.cluster(), kafka);
        SettlementReader settlements =
            SettlementReader.open(stack.cluster(), kafka, Kind.all(), new Start.End());
        UsageReader usage = UsageReader.open(stack.cluster(), kafka, new Start.End())) {
      out.accept(
          colour.strong("publishing %d requests at once".formatted(workload.first().size())));
      out.accept(line.heading());
      stage(workload.first(), publisher, settlements);
      out.accept(
          colour.strong(
              "publishing %d more, now that these are settled".formatted(workload.later().size())));
      stage(workload.later(), publisher, settlements);
      settlements.toEnd().forEach(this::settled);
      close(usage.toEnd());
    }
    return tally.asExpected();
  }

  private void stage(
      List<DemoLine> lines, RequestPublisher publisher, SettlementReader settlements) {
    lines.forEach(
        one -> one.fault().ifPresent(fault -> stack.local().bedrock().faults().add(fault)));
    publish(lines, publisher);
    long begun = System.nanoTime();
    while (open.size() > 0 && System.nanoTime() - begun < LIMIT.toNanos()) {
      settlements.poll(PIECE).forEach(this::settled);
    }
    open.all().forEach(late -> tally.surprise(late.name() + " is not settled"));
  }

  private void publish(List<DemoLine> lines, RequestPublisher publisher) {
    var sent = lines.stream().map(one -> send(one, publisher)).toList();
    publisher.flush();
    for (int i = 0; i < lines.size(); i++) {
      DemoLine one = lines.get(i);
      open.add(tenant(one), sent.get(i).join(), one);
    }
    tally.published(lines.size());
  }

  private static CompletableFuture<Published> send(DemoLine one, RequestPublisher publisher) {
    return switch (one.content()) {
      case Content.Whole whole -> publisher.publish(whole.request());
      case Content.Raw raw -> publisher.publishRaw(raw.topic(), raw.value());
    };
  }

  private static String tenant(DemoLine one) {
    return switch (one.content()) {
      case Content.Whole whole -> whole.request().tenant();
      case Content.Raw raw -> "";
    };
  }

  private void settled(Settlement settlement) {
    Optional<DemoLine> request = open.settle(settlement);
    if (request.isEmpty()) {
      tally.surprise(settlement.id() + " was settled more than once: " + settlement.outcome());
      return;
    }
    tally.settled(settlement);
    Optional<String> mismatch = request.get().expectation().mismatch(settlement);
    mismatch.ifPresent(expected ->
        tally.surprise(
            "%s (%s) ended as %s, %s"
                .formatted(request.get().name(), settlement.id(), settlement.outcome(), expected)));
    out.accept(
        line.of(settlement)
            + mismatch.map(expected -> "  " + colour.bad("<- " + expected)).orElse(""));
  }

  private void close(List<UsageEvent> usage) {
    out.accept("");
    Summary.of(tally, usage, stack.local().bedrock().ledger().summary()).forEach(out);
    out.accept("");
    List<String> surprises = new ArrayList<>(tally.surprises());
    surprises.forEach(surprise -> out.accept(colour.bad("not as expected: " + surprise)));
    out.accept(tally.closing(usage.size()));
  }
}
