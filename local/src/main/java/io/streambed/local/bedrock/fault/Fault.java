/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.fault;

import io.streambed.local.bedrock.wire.ErrorType;
import io.streambed.local.bedrock.wire.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Something that goes wrong with certain calls. {@code Fault.error(ErrorType.THROTTLING).next(3)}
 * is three throttled calls.
 *
 * @param effect what goes wrong
 * @param match which calls it meets
 * @param trigger how often
 */
public record Fault(FaultEffect effect, FaultMatch match, FaultTrigger trigger) {

  /** Every call, every time. */
  public static Fault of(FaultEffect effect) {
    return new Fault(effect, FaultMatch.ALL, new FaultTrigger.Always());
  }

  /** Every call is answered with this error. */
  public static Fault error(ErrorType type) {
    return of(new FaultEffect.Error(type));
  }

  /** The same, but only for the next calls. */
  public Fault next(int calls) {
    return new Fault(effect, match, new FaultTrigger.Next(calls));
  }

  /** The same, but only for this share of the calls. */
  public Fault rate(double share) {
    return new Fault(effect, match, new FaultTrigger.Rate(share));
  }

  /** The same, but only for one model. */
  public Fault model(String modelId) {
    return with(
        new FaultMatch(
            Optional.of(modelId),
            match.region(),
            match.operation(),
            match.bodyContains(),
            match.metadata()));
  }

  /** The same, but only in one region. */
  public Fault region(String region) {
    return with(
        new FaultMatch(
            match.model(),
            Optional.of(region),
            match.operation(),
            match.bodyContains(),
            match.metadata()));
  }

  /** The same, but only for one operation. */
  public Fault operation(Operation operation) {
    return with(
        new FaultMatch(
            match.model(),
            match.region(),
            Optional.of(operation),
            match.bodyContains(),
            match.metadata()));
  }

  /** The same, but only for calls with this text in their body. */
  public Fault bodyContaining(String text) {
    return with(
        new FaultMatch(
            match.model(), match.region(), match.operation(), Optional.of(text), match.metadata()));
  }

  /** The same, but only for calls with this entry in their metadata. */
  public Fault metadata(String name, String value) {
    Map<String, String> metadata = new HashMap<>(match.metadata());
    metadata.put(name, value);
    return with(
        new FaultMatch(
            match.model(), match.region(), match.operation(), match.bodyContains(), metadata));
  }

  private Fault with(FaultMatch newMatch) {
    return new Fault(effect, newMatch, trigger);
  }
}
