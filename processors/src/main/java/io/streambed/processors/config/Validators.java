/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** What a value must be beyond its type. Each describes itself for the reference. */
final class Validators {

  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
  private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]+)+-\\d");
  private static final Pattern PERCENT = Pattern.compile("100|[1-9]\\d?");
  private static final Pattern SERVERS =
      Pattern.compile("[^\\s,:]+:\\d{1,5}(,[^\\s,:]+:\\d{1,5})*");

  /** What is given in place of an amount where there is none. */
  static final String NO_DOLLARS = "none";

  private static final Pattern DOLLARS = Pattern.compile("\\d{1,7}(\\.\\d{1,12})?");

  /** A long of pico-dollars ends at 9.2 million dollars. */
  private static final BigDecimal MOST_DOLLARS = BigDecimal.valueOf(9_000_000);

  private Validators() {}

  /** Dollars, exact to a pico-dollar. */
  static ConfigDef.Validator dollars() {
    return describe(
        "US dollars such as 25 or 0.5, or " + NO_DOLLARS,
        (key, value) -> {
          String text = (String) value;
          if (text.equals(NO_DOLLARS)) {
            return;
          }
          if (!DOLLARS.matcher(text).matches()) {
            throw new ConfigException(
                key, value, "This is no amount of dollars with at most 12 digits behind the point");
          }
          BigDecimal dollars = new BigDecimal(text);
          if (dollars.signum() == 0 || dollars.compareTo(MOST_DOLLARS) > 0) {
            throw new ConfigException(key, value, "An amount is above 0 and at most 9000000");
          }
        });
  }

  /** Whole numbers from 1 to 100. */
  static ConfigDef.Validator percents() {
    return describe(
        "whole numbers from 1 to 100 with a comma between",
        (key, value) -> {
          for (Object one : value instanceof List<?> list ? list : List.of()) {
            if (!PERCENT.matcher(String.valueOf(one)).matches()) {
              throw new ConfigException(key, value, "A percentage is a whole number, 1 to 100");
            }
          }
        });
  }

  static ConfigDef.Validator range(long min, long max) {
    return describe(
        min + " to " + max,
        (key, value) -> {
          double given = ((Number) value).doubleValue();
          if (given < min || given > max) {
            throw new ConfigException(key, value, "Out of range");
          }
        });
  }

  static ConfigDef.Validator oneOf(List<String> choices) {
    return describe(
        String.join(", ", choices.subList(0, choices.size() - 1)) + " or " + choices.getLast(),
        (key, value) -> {
          if (!choices.contains((String) value)) {
            throw new ConfigException(key, value, "There is no such choice");
          }
        });
  }

  /** A list, none of which is another. */
  static ConfigDef.Validator someOf(List<String> choices) {
    return describe(
        "some of " + String.join(", ", choices),
        (name, value) -> {
          for (Object one : value instanceof List<?> list ? list : List.of()) {
            if (!choices.contains(String.valueOf(one))) {
              throw new ConfigException(name, value, "takes " + String.join(", ", choices));
            }
          }
        });
  }

  static ConfigDef.Validator topic() {
    return pattern(
        "a topic's name",
        TOPIC,
        "A topic's name has 1 to 249 letters, digits, dots, underscores and hyphens");
  }

  static ConfigDef.Validator region() {
    return pattern("an AWS region", REGION, "An AWS region looks like us-east-1");
  }

  static ConfigDef.Validator servers() {
    return pattern(
        "host:port,...", SERVERS, "Give host:port, several of them with a comma between");
  }

  /** A name that becomes a file name or part of a topic's name. */
  static ConfigDef.Validator name() {
    return pattern(
        "letters, digits, . _ -",
        TOPIC,
        "Use 1 to 249 letters, digits, dots, underscores and hyphens");
  }

  static ConfigDef.Validator text() {
    return describe(
        "not blank",
        (key, value) -> {
          if (((String) value).isBlank()) {
            throw new ConfigException(key, value, "Must not be blank");
          }
        });
  }

  static ConfigDef.Validator path() {
    return describe("a path", (key, value) -> toPath(key, (String) value));
  }

  static ConfigDef.Validator readableFile() {
    return describe(
        "a file",
        (key, value) -> {
          if (!Files.isReadable(toPath(key, (String) value))) {
            throw new ConfigException(key, value, "There is no such file, or it cannot be read");
          }
        });
  }

  static ConfigDef.Validator uri(String... schemes) {
    return describe(
        "a URI (" + String.join(", ", schemes) + ")",
        (key, value) -> requireUri(key, (String) value, List.of(schemes)));
  }

  static ConfigDef.Validator uris(String... schemes) {
    return describe(
        "URIs (" + String.join(", ", schemes) + ")",
        (key, value) -> {
          List<?> all = (List<?>) value;
          if (all.isEmpty()) {
            throw new ConfigException(key, value, "Give at least one URI");
          }
          all.forEach(each -> requireUri(key, (String) each, List.of(schemes)));
        });
  }

  private static ConfigDef.Validator pattern(String shown, Pattern pattern, String problem) {
    return describe(
        shown,
        (key, value) -> {
          if (!pattern.matcher((String) value).matches()) {
            throw new ConfigException(key, value, problem);
          }
        });
  }

  private static Path toPath(String key, String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new ConfigException(key, value, "This is not a path");
    }
  }

  private static void requireUri(String key, String value, List<String> schemes) {
    try {
      URI uri = new URI(value);
      if (uri.getUserInfo() != null) {
        throw new ConfigException(
            key, value, "A URI must hold no user and no password: there are settings for them");
      }
      if (uri.getScheme() != null && schemes.contains(uri.getScheme()) && uri.getHost() != null) {
        return;
      }
    } catch (URISyntaxException e) {
      // Falls through: what is wrong is said once, below.
    }
    throw new ConfigException(
        key,
        value,
        "Give a URI with a host that begins with " + String.join(":// or ", schemes) + "://");
  }

  private static ConfigDef.Validator describe(String shown, ConfigDef.Validator validator) {
    return new ConfigDef.Validator() {
      @Override
      public void ensureValid(String name, @Nullable Object value) {
        // ConfigDef asks about no value too: where none is needed, and where its text was wrong.
        if (value != null) {
          validator.ensureValid(name, value);
        }
      }

      @Override
      public String toString() {
        return shown;
      }
    };
  }
}
