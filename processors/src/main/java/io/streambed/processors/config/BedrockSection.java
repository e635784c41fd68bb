/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.streambed.processors.bedrock.AssumedRole;
import io.streambed.processors.bedrock.BedrockConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Amazon Bedrock. */
final class BedrockSection {

  static final Keys KEYS = new Keys("Amazon Bedrock");

  private static final Key<Optional<String>> REGION =
      KEYS.optionalText(
          "bedrock.region",
          "",
          Validators.region(),
          HIGH,
          "Region of the models that name none, and of AWS STS.");
  private static final Key<Optional<URI>> ENDPOINT =
      KEYS.optionalUri(
          "bedrock.endpoint",
          MEDIUM,
          "Where to call instead of AWS. On a loopback address no credentials are looked up.");
  private static final Key<Boolean> HTTP2 =
      KEYS.flag(
          "bedrock.http2", false, LOW, "Many calls on one connection: fewer sockets, more CPU.");
  private static final Key<Duration> CONNECT =
      KEYS.millis(
          "bedrock.connect.timeout.ms",
          BedrockConfig.CONNECT_TIMEOUT.toMillis(),
          1,
          60_000,
          LOW,
          "Longest wait for a connection.");
  private static final Key<Duration> ACQUIRE =
      KEYS.millis(
          "bedrock.acquire.timeout.ms",
          BedrockConfig.ACQUIRE_TIMEOUT.toMillis(),
          1,
          600_000,
          LOW,
          "Longest wait for a free connection.");
  private static final Key<Duration> READ =
      KEYS.millis(
          "bedrock.read.timeout.ms",
          BedrockConfig.READ_TIMEOUT.toMillis(),
          1,
          7_200_000,
          MEDIUM,
          "Longest silence on a connection. Bedrock sends nothing before an answer is whole, so this must be above the longest answer.");
  private static final Key<Duration> CALL =
      KEYS.millis(
          "bedrock.call.timeout.ms",
          BedrockConfig.CALL_TIMEOUT.toMillis(),
          1,
          7_200_000,
          MEDIUM,
          "Longest time for a whole call.");
  private static final Key<Optional<String>> PROFILE =
      KEYS.optionalText(
          "bedrock.profile",
          "",
          Validators.text(),
          MEDIUM,
          "Profile of the shared AWS configuration files, in place of the SDK's default chain of credentials.");
  private static final Key<Optional<String>> ROLE =
      KEYS.optionalText(
          "bedrock.role.arn",
          "",
          Validators.text(),
          MEDIUM,
          "Role to take on with those credentials.");
  private static final Key<String> SESSION =
      KEYS.text(
          "bedrock.role.session.name",
          "streambed",
          Validators.name(),
          LOW,
          "Name of the session in that role.");
  private static final Key<Optional<String>> EXTERNAL_ID =
      KEYS.secret("bedrock.role.external.id", LOW, "External id that the role asks for.");

  private BedrockSection() {}

  static Optional<String> region(Values values) {
    return values.get(REGION);
  }

  static BedrockConfig read(Values values, String region, Problems problems) {
    Duration read = values.get(READ);
    Duration call = values.get(CALL);
    problems.require(
        call.compareTo(read) >= 0,
        CALL,
        "a call ends before its answer may be waited for",
        "Set it to bedrock.read.timeout.ms at least",
        READ);
    problems.require(
        values.get(EXTERNAL_ID).isEmpty() || values.get(ROLE).isPresent(),
        EXTERNAL_ID,
        "there is no role that asks for it",
        "Give bedrock.role.arn as well",
        ROLE);
    return new BedrockConfig(
        region,
        values.get(ENDPOINT),
        values.get(HTTP2),
        values.get(CONNECT),
        values.get(ACQUIRE),
        read,
        call.compareTo(read) >= 0 ? call : read,
        values.get(PROFILE),
        values
            .get(ROLE)
            .map(arn -> new AssumedRole(arn, values.get(SESSION), values.get(EXTERNAL_ID))));
  }
}
