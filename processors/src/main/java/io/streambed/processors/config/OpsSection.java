/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.streambed.processors.ops.OpsConfig;
import java.util.Optional;

/** Health, metrics and build information over HTTP. */
final class OpsSection {

  static final Keys KEYS = new Keys("Operations");

  private static final OpsConfig DEFAULTS = OpsConfig.defaults();
  private static final Key<Boolean> ENABLED =
      KEYS.flag(
          "ops.enabled",
          DEFAULTS.enabled(),
          MEDIUM,
          "Whether health, metrics and build information are served over HTTP.");
  private static final Key<String> HOST =
      KEYS.text(
          "ops.host",
          DEFAULTS.host(),
          Validators.text(),
          MEDIUM,
          "Address to listen on. Nobody is asked who they are: open it only to a network that may see it.");
  private static final Key<Integer> PORT =
      KEYS.count(
          "ops.port", DEFAULTS.port(), 0, 65_535, MEDIUM, "Port to listen on; 0 takes a free one.");
  private static final Key<Optional<String>> ADVERTISED =
      KEYS.optionalText(
          "ops.advertised.host",
          "",
          Validators.text(),
          LOW,
          "Host under which other machines reach that port, told to the other instances, so that one can be asked for all. Without it, `ops.host`, or this machine's own address where that is any.");

  private OpsSection() {}

  static OpsConfig read(Values values) {
    return new OpsConfig(
        values.get(ENABLED), values.get(HOST), values.get(PORT), values.get(ADVERTISED));
  }
}
