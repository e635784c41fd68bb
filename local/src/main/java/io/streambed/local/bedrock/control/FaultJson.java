/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.local.bedrock.fault.ActiveFault;
import io.streambed.local.bedrock.fault.Fault;
import io.streambed.local.bedrock.fault.FaultEffect;
import io.streambed.local.bedrock.fault.FaultMatch;
import io.streambed.local.bedrock.fault.FaultTrigger;
import io.streambed.local.bedrock.wire.ErrorType;
import io.streambed.local.bedrock.wire.Json;
import io.streambed.local.bedrock.wire.Operation;
import java.time.Duration;
import java.util.Set;

/** Faults as JSON. */
final class FaultJson {
  private static final Set<String> FIELDS =
      Set.of(
          "effect",
          "type",
          "message",
          "status",
          "millis",
          "events",
          "next",
          "rate",
          "model",
          "region",
          "operation",
          "bodyContains",
          "metadata");

  /** A hang that nobody limits ends some time. */
  private static final Duration LONGEST_HANG = Duration.ofMinutes(10);

  private FaultJson() {}

  static Fault read(ObjectNode body) {
    Fields fields = new Fields(body).only(FIELDS);
    FaultMatch match =
        new FaultMatch(
            fields.optionalText("model"),
            fields.optionalText("region"),
            fields.optionalText("operation").map(FaultJson::operation),
            fields.optionalText("bodyContains"),
            fields.texts("metadata"));
    return new Fault(effect(fields), match, trigger(fields));
  }

  static ObjectNode write(ActiveFault active) {
    Fault fault = active.fault();
    ObjectNode node = Json.object().put("id", active.id()).put("effect", fault.effect().name());
    switch (fault.effect()) {
      case FaultEffect.Error(ErrorType type, String message) ->
          node.put("type", type.title()).put("message", message);
      case FaultEffect.Gateway(int status) -> node.put("status", status);
      case FaultEffect.Hang(Duration limit) -> node.put("millis", limit.toMillis());
      case FaultEffect.CutConnection cut -> {}
      case FaultEffect.Delay(Duration extra) -> node.put("millis", extra.toMillis());
      case FaultEffect.SlowBody(Duration time) -> node.put("millis", time.toMillis());
      case FaultEffect.MalformedBody malformed -> {}
      case FaultEffect.CutBody cut -> {}
      case FaultEffect.ForeignBody foreign -> {}
      case FaultEffect.TruncatedStream(int events) -> node.put("events", events);
      case FaultEffect.StreamError(ErrorType type, int events) ->
          node.put("type", type.title()).put("events", events);
    }
    switch (fault.trigger()) {
      case FaultTrigger.Always always -> {}
      case FaultTrigger.Next(int calls) -> node.put("next", calls);
      case FaultTrigger.Rate(double share) -> node.put("rate", share);
    }
    FaultMatch match = fault.match();
    match.model().ifPresent(model -> node.put("model", model));
    match.region().ifPresent(region -> node.put("region", region));
    match.operation().ifPresent(operation -> node.put("operation", operation.title()));
    match.bodyContains().ifPresent(text -> node.put("bodyContains", text));
    if (!match.metadata().isEmpty()) {
      ObjectNode metadata = node.putObject("metadata");
      match.metadata().forEach(metadata::put);
    }
    return node.put("hits", active.hits());
  }

  private static FaultEffect effect(Fields fields) {
    return switch (fields.text("effect")) {
      case "error" -> {
        ErrorType type = type(fields);
        yield new FaultEffect.Error(type, fields.optionalText("message").orElse(type.message()));
      }
      case "gateway" -> new FaultEffect.Gateway(status(fields));
      case "hang" ->
          new FaultEffect.Hang(fields.has("millis") ? fields.millis("millis") : LONGEST_HANG);
      case "cut-connection" -> new FaultEffect.CutConnection();
      case "delay" -> new FaultEffect.Delay(fields.millis("millis"));
      case "slow-body" -> new FaultEffect.SlowBody(fields.millis("millis"));
      case "malformed-body" -> new FaultEffect.MalformedBody();
      case "cut-body" -> new FaultEffect.CutBody();
      case "foreign-body" -> new FaultEffect.ForeignBody();
      case "truncated-stream" -> new FaultEffect.TruncatedStream(fields.count("events", 2));
      case "stream-error" -> new FaultEffect.StreamError(type(fields), fields.count("events", 2));
      default ->
          throw new InvalidFieldException(
              "effect",
              "must be one of error, gateway, hang, cut-connection, delay, slow-body,"
                  + " malformed-body, cut-body, foreign-body, truncated-stream, stream-error");
    };
  }

  private static FaultTrigger trigger(Fields fields) {
    if (fields.has("next") && fields.has("rate")) {
      throw new InvalidFieldException("rate", "cannot stand beside next");
    }
    if (fields.has("next")) {
      return new FaultTrigger.Next(fields.count("next", 1));
    }
    return fields.has("rate")
        ? new FaultTrigger.Rate(fields.number("rate", 0, 1))
        : new FaultTrigger.Always();
  }

  private static ErrorType type(Fields fields) {
    return ErrorType.ofTitle(fields.text("type"))
        .orElseThrow(() ->
            new InvalidFieldException(
                "type", "must be the name of an error of Bedrock, such as ThrottlingException"));
  }

  private static int status(Fields fields) {
    int status = fields.count("status", 502);
    if (status < 400 || status > 599) {
      throw new InvalidFieldException("status", "must be from 400 to 599");
    }
    return status;
  }

  static Operation operation(String title) {
    return Operation.ofTitle(title)
        .orElseThrow(() ->
            new InvalidFieldException(
                "operation", "must be Converse, ConverseStream, InvokeModel or CountTokens"));
  }
}
