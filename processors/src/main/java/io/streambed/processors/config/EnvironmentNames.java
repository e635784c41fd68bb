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

  /**
   * The key that a variable sets by its form alone: a Kafka client's setting, a model's, a lane's
   * or a tenant's.
   */
  static Optional<String> dynamicKey(String variable) {
    String client = of(ConfigLoader.CLIENT_PREFIX);
    if (variable.startsWith(client) && variable.length() > client.length()) {
      return Optional.of(
          ConfigLoader.CLIENT_PREFIX
              + variable.substring(client.length()).toLowerCase(Locale.ROOT).replace('_', '.'));
    }
    return NamedGroup.all().stream()
        .map(group -> group.keyOf(variable))
        .flatMap(Optional::stream)
        .findFirst();
  }
}
