/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.fault;

import java.util.List;

/** What a model or the way to it does. They share the platform and run at the same time. */
public final class ModelFaults {
  private static final String ANSWERED = "answered, calls ";

  private ModelFaults() {}

  /** All of them. */
  public static List<Fault> all() {
    return List.of(
        error("throttled-for-a-while", "throttled", "ThrottlingException", 3, ANSWERED + 4),
        error("throttled-for-good", "endless", "ThrottlingException", 0, "dead letter THROTTLED"),
        error("model-not-ready", "throttled", "ModelNotReadyException", 1, ANSWERED + 2),
        error("quota-exceeded", "throttled", "ServiceQuotaExceededException", 1, ANSWERED + 2),
        error("unavailable-once", "default", "ServiceUnavailableException", 1, ANSWERED + 2),
        error(
            "unavailable-for-good",
            "default",
            "ServiceUnavailableException",
            0,
            "dead letter MODEL_UNAVAILABLE, calls 5"),
        error("internal-error-once", "default", "InternalServerException", 1, ANSWERED + 2),
        error(
            "internal-error-for-good",
            "default",
            "InternalServerException",
            0,
            "dead letter MODEL_ERROR, calls 5"),
        error(
            "model-error", "default", "ModelErrorException", 0, "dead letter MODEL_ERROR, calls 5"),
        error(
            "model-stream-error",
            "default",
            "ModelStreamErrorException",
            0,
            "dead letter MODEL_ERROR, calls 5"),
        error(
            "model-timeout",
            "default",
            "ModelTimeoutException",
            0,
            "dead letter MODEL_TIMEOUT, calls 5"),
        of(
            "refused",
            "default",
            "{\"effect\":\"error\",\"type\":\"ValidationException\",\"message\":\"Malformed input\"",
            "dead letter REJECTED_BY_MODEL, calls 1"),
        error("access-denied", "denied", "AccessDeniedException", 2, ANSWERED + 3),
        error("expired-credentials", "expired", "ExpiredTokenException", 2, ANSWERED + 3),
        error("model-gone", "gone", "ResourceNotFoundException", 2, ANSWERED + 3),
        error("invalid-model-id", "invalid", "ValidationException", 2, ANSWERED + 3),
        of(
            "bad-gateway",
            "default",
            "{\"effect\":\"gateway\",\"status\":502,\"next\":1",
            ANSWERED + 2),
        of(
            "gateway-timeout",
            "default",
            "{\"effect\":\"gateway\",\"status\":504",
            "dead letter MODEL_TIMEOUT, calls 5"),
        of("hang", "default", "{\"effect\":\"hang\",\"millis\":20000,\"next\":1", ANSWERED + 2),
        of(
            "hang-for-good",
            "default",
            "{\"effect\":\"hang\",\"millis\":20000",
            "dead letter MODEL_TIMEOUT, calls 5"),
        of("cut-connection", "default", "{\"effect\":\"cut-connection\",\"next\":1", ANSWERED + 2),
        of(
            "cut-connection-for-good",
            "default",
            "{\"effect\":\"cut-connection\"",
            "dead letter MODEL_UNAVAILABLE, calls 5"),
        of("half-an-answer", "default", "{\"effect\":\"cut-body\",\"next\":1", ANSWERED + 2),
        of(
            "half-an-answer-for-good",
            "default",
            "{\"effect\":\"cut-body\"",
            "dead letter MODEL_UNAVAILABLE, calls 5"),
        of("broken-json", "default", "{\"effect\":\"malformed-body\",\"next\":1", ANSWERED + 2),
        of(
            "broken-json-for-good",
            "default",
            "{\"effect\":\"malformed-body\"",
            "dead letter MALFORMED_ANSWER, calls 5"),
        of(
            "foreign-json",
            "default",
            "{\"effect\":\"foreign-body\"",
            "dead letter MALFORMED_ANSWER, calls 5"),
        of("slow-answer", "default", "{\"effect\":\"slow-body\",\"millis\":2000", ANSWERED + 1),
        of("late-answer", "default", "{\"effect\":\"delay\",\"millis\":2000", ANSWERED + 1),
        storm());
  }

  private static Fault error(String name, String alias, String type, int next, String documented) {
    String limit = next > 0 ? ",\"next\":" + next : "";
    return of(name, alias, "{\"effect\":\"error\",\"type\":\"" + type + "\"" + limit, documented);
  }

  /**
   * @param effect the stand-in's fault, without the closing brace
   */
  private static Fault of(String name, String alias, String effect, String documented) {
    return new Fault(
        name,
        effect + "}",
        documented,
        row -> {
          row.fault(effect);
          return row.ask(request -> request.setModel(alias)).outcome();
        });
  }

  private static Fault storm() {
    String effect = "{\"effect\":\"error\",\"type\":\"ThrottlingException\",\"rate\":0.5";
    return new Fault(
        "throttle-storm",
        "half of all calls of a lane: ThrottlingException",
        "100 answered",
        row -> {
          row.fault(effect);
          for (int n = 0; n < 100; n++) {
            row.ask(request -> request.setModel("storm"));
          }
          return row.outcome();
        });
  }
}
