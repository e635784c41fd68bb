/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.aws;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.RegionMetadata;

/** Definitions of the settings that {@link AwsConfig} is read from. */
public final class AwsSettings {

  private static final String GROUP = "AWS";

  private AwsSettings() {}

  /** Adds these settings to a connector's. */
  public static ConfigDef define(ConfigDef settings) {
    int order = 0;
    return settings
        .define(
            AwsConfig.REGION,
            Type.STRING,
            null,
            ConfigDef.LambdaValidator.with(AwsSettings::checkRegion, () -> "a region's name"),
            Importance.HIGH,
            "Region of the streams, such as eu-central-1. Without it, what the environment, the profile or the instance says.",
            GROUP,
            ++order,
            Width.MEDIUM,
            "Region",
            new Regions())
        .define(
            AwsConfig.ENDPOINT,
            Type.STRING,
            null,
            ConfigDef.LambdaValidator.with(
                AwsSettings::checkEndpoint, () -> "an http or https URL"),
            Importance.LOW,
            "URL in place of Kinesis' own: an emulator, or an endpoint of a VPC.",
            GROUP,
            ++order,
            Width.LONG,
            "Endpoint")
        .define(
            AwsConfig.PROFILE,
            Type.STRING,
            null,
            Importance.MEDIUM,
            "Profile of the worker's shared AWS files. Without it and without keys, the SDK's default chain: environment, profile, web identity, container, instance.",
            GROUP,
            ++order,
            Width.MEDIUM,
            "Profile")
        .define(
            AwsConfig.KEY_ID,
            Type.STRING,
            null,
            Importance.LOW,
            "Access key, with its secret. A role or the default chain is better.",
            GROUP,
            ++order,
            Width.MEDIUM,
            "Access key")
        .define(
            AwsConfig.SECRET,
            Type.PASSWORD,
            null,
            Importance.LOW,
            "Secret of the access key; let one of the worker's config providers put it in, as ${file:/path:key} does.",
            GROUP,
            ++order,
            Width.MEDIUM,
            "Secret")
        .define(
            AwsConfig.TOKEN,
            Type.PASSWORD,
            null,
            Importance.LOW,
            "Session token of a temporary access key.",
            GROUP,
            ++order,
            Width.MEDIUM,
            "Session token")
        .define(
            AwsConfig.ROLE,
            Type.STRING,
            null,
            Importance.MEDIUM,
            "ARN of a role to take on.",
            GROUP,
            ++order,
            Width.LONG,
            "Role")
        .define(
            AwsConfig.ROLE_SESSION,
            Type.STRING,
            "streambed-connect",
            Importance.LOW,
            "Name of the role's sessions, as CloudTrail shows it.",
            GROUP,
            ++order,
            Width.MEDIUM,
            "Session name")
        .define(
            AwsConfig.ROLE_EXTERNAL_ID,
            Type.STRING,
            null,
            Importance.LOW,
            "External id that the role asks for.",
            GROUP,
            ++order,
            Width.MEDIUM,
            "External id")
        .define(
            AwsConfig.STS_ENDPOINT,
            Type.STRING,
            null,
            ConfigDef.LambdaValidator.with(
                AwsSettings::checkEndpoint, () -> "an http or https URL"),
            Importance.LOW,
            "URL in place of that of AWS' Security Token Service (STS), which hands out the role's credentials: an emulator, or an endpoint of a VPC.",
            GROUP,
            ++order,
            Width.LONG,
            "STS endpoint")
        .define(
            AwsConfig.REQUEST_TIMEOUT,
            Type.INT,
            30_000,
            ConfigDef.Range.between(1_000, 300_000),
            Importance.LOW,
            "Longest wait for one answer of AWS.",
            GROUP,
            ++order,
            Width.SHORT,
            "Request time-out");
  }

  private static void checkRegion(String name, Object value) {
    // New regions come more often than releases of the SDK, so only the form is checked.
    if (value != null && !value.toString().matches("[a-z]{2,}(-[a-z]+)+-\\d+")) {
      throw new ConfigException(name, value, "is no region; it must look like eu-central-1");
    }
  }

  private static void checkEndpoint(String name, Object value) {
    if (value != null && !value.toString().matches("https?://[^/@\\s]+/?")) {
      throw new ConfigException(
          name, "[hidden]", "must be a URL without user and path, such as http://localhost:4566");
    }
  }

  /** Proposes the regions the SDK knows. */
  private static final class Regions implements ConfigDef.Recommender {
    @Override
    public List<Object> validValues(String name, Map<String, Object> settings) {
      return List.copyOf(
          Region.regions().stream()
              .filter(region -> !region.isGlobalRegion())
              .filter(region -> RegionMetadata.of(region) != null)
              .map(Region::id)
              .sorted()
              .toList());
    }

    @Override
    public boolean visible(String name, Map<String, Object> settings) {
      return true;
    }
  }
}
