/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.redrive;

import io.streambed.cli.request.BadFieldException;
import io.streambed.cli.request.PointInTime;
import io.streambed.schemas.Priority;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** A small change to a request, by name. */
public sealed interface Patch {

  /** Another model's alias. */
  record Model(String alias) implements Patch {}

  /** Another deadline; empty for none. */
  record Deadline(Optional<Instant> at) implements Patch {}

  /** Another bound of the answer's tokens; empty for the model's own. */
  record MaxTokens(OptionalInt tokens) implements Patch {}

  /** Another class of urgency. */
  record Urgency(Priority priority) implements Patch {}

  /** What can be written, for messages. */
  String FORMS =
      "model=ALIAS, deadline=TIME or deadline=none, maxTokens=N or maxTokens=none, or priority=CLASS";

  /**
   * Reads a patch.
   *
   * @param text such as {@code model=small}
   * @param now what relative times count from
   * @throws BadFieldException if it is none
   */
  static Patch parse(String text, Instant now) throws BadFieldException {
    int equals = text.indexOf('=');
    String name = text.substring(0, Math.max(0, equals)).strip();
    String value = text.substring(equals + 1).strip();
    if (value.isEmpty()) {
      throw BadFieldException.at("--patch", "'" + text + "' is none; give " + FORMS);
    }
    boolean none = value.equalsIgnoreCase("none");
    return switch (name) {
      case "model" -> new Model(value);
      case "deadline" -> new Deadline(none ? Optional.empty() : Optional.of(time(value, now)));
      case "maxTokens" -> new MaxTokens(none ? OptionalInt.empty() : OptionalInt.of(tokens(value)));
      case "priority" -> new Urgency(priority(value));
      default -> throw BadFieldException.at("--patch", "there is no '" + name + "'; give " + FORMS);
    };
  }

  /** As it is told of a redriven request. */
  default String text() {
    return switch (this) {
      case Model(String alias) -> "model=" + alias;
      case Deadline(Optional<Instant> at) -> "deadline=" + at.map(Instant::toString).orElse("none");
      case MaxTokens(OptionalInt tokens) ->
          "maxTokens=" + (tokens.isPresent() ? "" + tokens.getAsInt() : "none");
      case Urgency(Priority priority) -> "priority=" + priority;
    };
  }

  private static Instant time(String value, Instant now) throws BadFieldException {
    Instant at =
        PointInTime.parse(value, now)
            .orElseThrow(
                () -> BadFieldException.at("--patch deadline", "must be " + PointInTime.FORMS));
    if (!at.isAfter(now)) {
      throw BadFieldException.at("--patch deadline", "has passed; give one to come");
    }
    return at;
  }

  private static int tokens(String value) throws BadFieldException {
    try {
      int tokens = Integer.parseInt(value);
      if (tokens > 0) {
        return tokens;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw BadFieldException.at(
        "--patch maxTokens", "must be a whole number above 0, or none, is '" + value + "'");
  }

  private static Priority priority(String value) throws BadFieldException {
    return Arrays.stream(Priority.values())
        .filter(one -> one != Priority.UNKNOWN)
        .filter(one -> one.name().equals(value.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            BadFieldException.at(
                "--patch priority", "must be interactive, standard or background"));
  }
}
