/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rehearsal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.cluster.RequestPublisher;
import io.streambed.cli.cluster.SettlementReader;
import io.streambed.cli.cluster.SettlementReader.Kind;
import io.streambed.cli.cluster.Start;
import io.streambed.cli.request.BadFieldException;
import io.streambed.cli.request.RequestDefaults;
import io.streambed.cli.request.RequestParser;
import io.streambed.cli.settlement.Settlement;
import io.streambed.cli.stack.LocalStack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Keeps a platform busy for some time with requests as they come in earnest: mostly prompts, some
 * texts, some asked before. For one thread.
 */
public final class Rehearsal {
  /** Enough to keep the platform at work, and little enough to be settled soon after the end. */
  private static final int MOST_OPEN = 1_000;

  private static final int EACH_TEXT = 5;
  private static final int EACH_REPEATED = 10;
  private static final String SENTENCE = "A river takes the shortest way that the land leaves it. ";
  private static final int SENTENCES = 20;

  private static final Duration PIECE = Duration.ofMillis(100);

  /** How long it waits without a single settlement: longer than any retry here takes. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private final LocalStack stack;
  private final RequestParser parser = new RequestParser(Instant.now(), RequestDefaults.models());

  /**
   * How far it has come.
   *
   * @param published requests that were published
   * @param settled how many of them are settled
   * @param again how many of these took more than one call, or failed
   */
  public record Outcome(int published, int settled, int again) {}

  /**
   * @param stack where the platform works
   */
  public Rehearsal(LocalStack stack) {
    this.stack = stack;
  }

  /**
   * Publishes for a time, and waits until everything is settled, or nothing has been for long.
   *
   * @param stopped whether to end before that
   */
  public Outcome run(Duration time, BooleanSupplier stopped) throws BadFieldException {
    KafkaAccess kafka = KafkaAccess.to(stack.cluster());
    try (RequestPublisher publisher = RequestPublisher.open(stack.cluster(), kafka);
        SettlementReader reader =
            SettlementReader.open(stack.cluster(), kafka, Kind.all(), new Start.End())) {
      long begun = System.nanoTime();
      int published = 0;
      int settled = 0;
      int again = 0;
      while (System.nanoTime() - begun < time.toNanos() && !stopped.getAsBoolean()) {
        for (; published - settled < MOST_OPEN; published++) {
          publisher.publish(parser.request(line(published)));
        }
        List<Settlement> more = reader.poll(PIECE);
        settled += more.size();
        again += again(more);
      }
      publisher.flush();
      long last = System.nanoTime();
      while (settled < published
          && System.nanoTime() - last < PATIENCE.toNanos()
          && !stopped.getAsBoolean()) {
        List<Settlement> more = reader.poll(PIECE);
        settled += more.size();
        again += again(more);
        last = more.isEmpty() ? last : System.nanoTime();
      }
      return new Outcome(published, settled, again);
    }
  }

  private static int again(List<Settlement> settlements) {
    return (int) settlements.stream().filter(Rehearsal::tookMoreThanOneCall).count();
  }

  private static boolean tookMoreThanOneCall(Settlement settlement) {
    return switch (settlement) {
      case Settlement.Answered answered -> answered.value().getAttempts() > 1;
      case Settlement.Embedded embedded -> embedded.value().getAttempts() > 1;
      case Settlement.Dead dead -> true;
    };
  }

  private static ObjectNode line(int number) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    boolean repeated = number % EACH_REPEATED == EACH_REPEATED - 1;
    int question = repeated ? number / 2 : number;
    line.put("id", "rehearsal-" + number);
    line.put(
        number % EACH_TEXT == 0 ? "text" : "prompt", question + ". " + SENTENCE.repeat(SENTENCES));
    return line;
  }
}
