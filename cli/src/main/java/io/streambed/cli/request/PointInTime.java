/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.request;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a deadline as people write it: a point in time, or how long from now. */
public final class PointInTime {
  /** What can be written, for messages. */
  public static final String FORMS =
      "a time such as 2026-11-20T12:00:00Z, or how long from now, such as 30s, 5m, 2h";

  private static final Pattern FROM_NOW = Pattern.compile("([+-]?)(\\d{1,9})(ms|s|m|h|d)");

  private PointInTime() {}

  /**
   * Reads one.
   *
   * @param text such as {@code 2026-11-20T12:00:00Z}, {@code 30s} or {@code PT1H}
   * @param now what relative times count from
   * @return the time, or nothing where the text is none
   */
  public static Optional<Instant> parse(String text, Instant now) {
    return duration(text).map(now::plus).or(() -> absolute(text));
  }

  /** Reads a duration, such as {@code 30s}, {@code -5m} or {@code PT1H}. */
  public static Optional<Duration> duration(String text) {
    Matcher matcher = FROM_NOW.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return iso(text);
    }
    long amount = Long.parseLong(matcher.group(2));
    Duration duration =
        switch (matcher.group(3)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        };
    return Optional.of(matcher.group(1).equals("-") ? duration.negated() : duration);
  }

  private static Optional<Duration> iso(String text) {
    try {
      return Optional.of(Duration.parse(text.strip()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> absolute(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text.strip()).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
