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
import io.streambed.local.http.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
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
  private final Exchange exchange;
  private final ResponseWriter writer;
  private final Consumer<CallOutcome> noted;
  private final FaultEffect.@Nullable OnTheWay fault;

  /**
   * @param noted told what became of the call, the latest word counts
   */
  Delivery(Plan.Deliver plan, CallFacts facts, Exchange exchange, Consumer<CallOutcome> noted) {
    this.plan = plan;
    this.facts = facts;
    this.exchange = exchange;
    this.writer = new ResponseWriter(exchange, plan.tier());
    this.noted = noted;
    this.fault = plan.fault().orElse(null);
  }

  void start() {
    exchange.whenOver(ending -> {
      boolean meant = ending == Exchange.Ending.CUT && fault instanceof FaultEffect.CutBody;
      if (ending != Exchange.Ending.ANSWERED && !meant) {
        noted.accept(
            new CallOutcome.ClientGone(plan.answer().usage(), plan.picoDollars(), plan.texts()));
      }
    });
    if (facts.operation() == Operation.CONVERSE_STREAM
        && plan.answer() instanceof Answer.Message message) {
      stream(message);
    } else {
      exchange.after(plan.takes(), this::whole);
    }
  }

  private void whole() {
    switch (fault) {
      case FaultEffect.MalformedBody malformed -> {
        noted.accept(broken(malformed));
        writer.malformed(plan.answer(), plan.takes());
      }
      case FaultEffect.SlowBody(Duration time) ->
          write(writer.pieces(plan.answer(), plan.takes(), PIECES), time, outcome());
      case FaultEffect.CutBody cut -> cut(writer.half(plan.answer(), plan.takes()), broken(cut));
      case FaultEffect.ForeignBody foreign -> {
        noted.accept(broken(foreign));
        writer.foreign();
      }
      case FaultEffect.Delay delay -> atOnce();
      case FaultEffect.TruncatedStream onlyStreams -> atOnce();
      case FaultEffect.StreamError onlyStreams -> atOnce();
      case null -> atOnce();
    }
  }

  private void atOnce() {
    noted.accept(outcome());
    writer.whole(plan.answer(), plan.takes());
  }

  private void stream(Answer.Message message) {
    writer.startStream();
    List<byte[]> frames = StreamFrames.of(message, plan.takes(), plan.tier());
    switch (fault) {
      case FaultEffect.TruncatedStream cut ->
          write(first(frames, cut.events()), plan.takes(), broken(cut));
      case FaultEffect.StreamError error -> {
        List<byte[]> broken = first(frames, error.events());
        broken.add(EventFrames.exception(error.type(), error.type().message()));
        write(broken, plan.takes(), new CallOutcome.Broken(error.name()));
      }
      case FaultEffect.MalformedBody malformed -> {
        List<byte[]> broken = first(frames, frames.size());
        byte[] last = broken.getLast();
        // The frame's own checksum no longer fits.
        last[last.length - 1] ^= 1;
        write(broken, plan.takes(), broken(malformed));
      }
      case FaultEffect.CutBody cut ->
          exchange.after(plan.takes(), () -> cut(first(frames, frames.size() / 2), broken(cut)));
      case FaultEffect.ForeignBody foreign ->
          exchange.after(plan.takes(), () -> write(List.of(), Duration.ZERO, broken(foreign)));
      case FaultEffect.SlowBody(Duration time) -> write(frames, time, outcome());
      case FaultEffect.Delay delay -> write(frames, plan.takes(), outcome());
      case null -> write(frames, plan.takes(), outcome());
    }
  }

  /** Writes the pieces at once, and no end. */
  private void cut(List<byte[]> pieces, CallOutcome outcome) {
    writer.begin();
    pieces.forEach(exchange::write);
    noted.accept(outcome);
    exchange.cut();
  }

  /** Writes the pieces evenly over the time. */
  private void write(List<byte[]> pieces, Duration time, CallOutcome outcome) {
    writer.begin();
    if (pieces.isEmpty()) {
      noted.accept(outcome);
      exchange.end();
    } else {
      writeNext(pieces.iterator(), time.dividedBy(pieces.size()), outcome);
    }
  }

  private void writeNext(Iterator<byte[]> pieces, Duration between, CallOutcome outcome) {
    exchange.after(
        between,
        () -> {
          byte[] piece = pieces.next();
          if (pieces.hasNext()) {
            exchange.write(piece);
            writeNext(pieces, between, outcome);
          } else {
            noted.accept(outcome);
            exchange.write(piece);
            exchange.end();
          }
        });
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
