/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How keys are called in the environment. */
final class EnvironmentNames {

  static final String PREFIX = "STREAMBED_";

  /** Read by the launcher and by the logging configuration. */
  private static final Pattern RESERVED =
      Pattern.compile("STREAMBED_(LOG|LOG_LEVEL|JAVA_HOME|JAVA_OPTS)");

  /** Kubernetes sets such variables for every service whose name begins with streambed. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "STREAMBED_(\\w+_)?(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP)(_\\w+)?)?)");

  private EnvironmentNames() {}

  /** The variable that sets a key. */
  static String of(String key) {
    return PREFIX + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /** Whether a variable that sets no key is meant for somebody else. */
  static boolean foreign(String variable) {
    return !variable.startsWith(PREFIX)
        || RESERVED.matcher(variable).matches()
        || SERVICE_LINK.matcher(variable).matches();
  }

  /** The key that a variable sets by its form alone: a Kafka client's setting or a model's. */
  static Optional<String> dynamicKey(String variable) {
    String client = of(ConfigLoader.CLIENT_PREFIX);
    if (variable.startsWith(client) && variable.length() > client.length()) {
      return Optional.of(
          ConfigLoader.CLIENT_PREFIX + lower(variable.substring(client.length()), '.'));
    }
    String models = of(ModelKeys.PREFIX);
    return ModelKeys.PROPERTIES.stream()
        .filter(p -> variable.startsWith(models))
        .filter(p -> variable.endsWith(of("." + p).substring(PREFIX.length())))
        .filter(p -> variable.length() > models.length() + p.length() + 1)
        .findFirst()
        .map(p ->
            ModelKeys.PREFIX
                + lower(
                    variable.substring(models.length(), variable.length() - p.length() - 1), '-')
                + "."
                + p);
  }

  private static String lower(String name, char separator) {
    return name.toLowerCase(Locale.ROOT).replace('_', separator);
  }
}
