/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import io.streambed.local.bedrock.fault.FaultEffect;
import io.streambed.local.bedrock.ledger.CallFacts;
import io.streambed.local.bedrock.ledger.CallOutcome;
import io.streambed.local.bedrock.wire.Answer;
import io.streambed.local.bedrock.wire.EventFrames;
import io.streambed.local.bedrock.wire.Operation;
import io.streambed.local.http.Client;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits as long as the model takes and writes its answer, with what was set to go wrong. The
 * outcome is noted before the last byte is written, so that a client that has its answer finds it
 * noted.
 */
final class Delivery {
  private static final int PIECES = 20;

  private final Plan.Deliver plan;
  private final CallFacts facts;
  private final Client client;
  private final ResponseWriter writer;
  private final FaultEffect.@Nullable OnTheWay fault;

  Delivery(Plan.Deliver plan, CallFacts facts, Client client, ResponseWriter writer) {
    this.plan = plan;
    this.facts = facts;
    this.client = client;
    this.writer = writer;
    this.fault = plan.fault().orElse(null);
  }

  void run(Consumer<CallOutcome> noted) {
    boolean there;
    try {
      there =
          (facts.operation() == Operation.CONVERSE_STREAM
                  && plan.answer() instanceof Answer.Message message)
              ? stream(message, noted)
              : whole(noted);
    } catch (IOException | RuntimeException e) {
      // The server throws several kinds when it cannot write; each means that nobody reads.
      there = false;
    }
    if (!there) {
      noted.accept(
          new CallOutcome.ClientGone(plan.answer().usage(), plan.picoDollars(), plan.texts()));
    }
  }

  private boolean whole(Consumer<CallOutcome> noted) throws IOException {
    if (!client.await(plan.takes())) {
      return false;
    }
    return switch (fault) {
      case FaultEffect.MalformedBody malformed -> {
        noted.accept(broken(malformed));
        writer.malformed(plan.answer(), plan.takes());
        yield true;
      }
      case FaultEffect.SlowBody(Duration time) ->
          write(writer.pieces(plan.answer(), plan.takes(), PIECES), time, outcome(), noted);
      case FaultEffect.Delay delay -> atOnce(noted);
      case FaultEffect.TruncatedStream onlyStreams -> atOnce(noted);
      case FaultEffect.StreamError onlyStreams -> atOnce(noted);
      case null -> atOnce(noted);
    };
  }

  private boolean atOnce(Consumer<CallOutcome> noted) {
    noted.accept(outcome());
    writer.whole(plan.answer(), plan.takes());
    return true;
  }

  private boolean stream(Answer.Message message, Consumer<CallOutcome> noted) throws IOException {
    writer.startStream();
    List<byte[]> frames = StreamFrames.of(message, plan.takes(), plan.tier());
    return switch (fault) {
      case FaultEffect.TruncatedStream cut ->
          write(first(frames, cut.events()), plan.takes(), broken(cut), noted);
      case FaultEffect.StreamError error -> {
        List<byte[]> broken = first(frames, error.events());
        broken.add(EventFrames.exception(error.type(), error.type().message()));
        yield write(broken, plan.takes(), new CallOutcome.Broken(error.name()), noted);
      }
      case FaultEffect.MalformedBody malformed -> {
        List<byte[]> broken = first(frames, frames.size());
        byte[] last = broken.getLast();
        // The frame's own checksum no longer fits.
        last[last.length - 1] ^= 1;
        yield write(broken, plan.takes(), broken(malformed), noted);
      }
      case FaultEffect.SlowBody(Duration time) -> write(frames, time, outcome(), noted);
      case FaultEffect.Delay delay -> write(frames, plan.takes(), outcome(), noted);
      case null -> write(frames, plan.takes(), outcome(), noted);
    };
  }

  /** Writes the parts evenly over the time, and tells whether the client was there to the end. */
  private boolean write(
      List<byte[]> parts, Duration time, CallOutcome outcome, Consumer<CallOutcome> noted)
      throws IOException {
    Duration between = time.dividedBy(Math.max(1, parts.size()));
    try (var out = writer.open()) {
      for (int n = 0; n < parts.size(); n++) {
        if (!client.await(between)) {
          return false;
        }
        if (n == parts.size() - 1) {
          noted.accept(outcome);
        }
        out.write(parts.get(n));
        out.flush();
      }
    }
    return true;
  }

  private CallOutcome outcome() {
    return new CallOutcome.Answered(
        plan.answer().usage(), plan.picoDollars(), plan.texts(), plan.takes());
  }

  private CallOutcome broken(FaultEffect effect) {
    return new CallOutcome.Broken(effect.name(), plan.answer().usage(), plan.picoDollars());
  }

  private static List<byte[]> first(List<byte[]> frames, int count) {
    return new ArrayList<>(frames.subList(0, Math.min(count, frames.size())));
  }
}
