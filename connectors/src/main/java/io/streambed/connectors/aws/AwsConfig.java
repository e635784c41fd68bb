/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.aws;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.RegionMetadata;

/**
 * Where AWS is and who asks.
 *
 * @param region the region; without one the SDK looks into environment, profile and instance
 * @param endpoint in place of AWS' own, for emulators and VPC endpoints
 * @param profile of the shared files of configuration and credentials
 * @param keys given in the configuration
 * @param role to take on with the credentials found
 * @param requestTimeout of one try of a request
 */
public record AwsConfig(
    Optional<Region> region,
    Optional<URI> endpoint,
    Optional<String> profile,
    Optional<Keys> keys,
    Optional<Role> role,
    Duration requestTimeout) {

  public static final String REGION = "aws.region";
  public static final String ENDPOINT = "aws.endpoint";
  public static final String PROFILE = "aws.profile";
  public static final String KEY_ID = "aws.access.key.id";
  public static final String SECRET = "aws.secret.access.key";
  public static final String TOKEN = "aws.session.token";
  public static final String ROLE = "aws.role.arn";
  public static final String ROLE_SESSION = "aws.role.session.name";
  public static final String ROLE_EXTERNAL_ID = "aws.role.external.id";
  public static final String REQUEST_TIMEOUT = "aws.request.timeout.ms";

  private static final String GROUP = "AWS";

  /** Credentials that stand in the configuration, where a config provider should put them. */
  public record Keys(String id, Password secret, Optional<Password> token) {}

  /** A role, with the name its sessions carry in CloudTrail. */
  public record Role(String arn, String session, Optional<String> externalId) {}

  /** Adds these settings to a connector's. */
  public static ConfigDef define(ConfigDef settings) {
    int order = 0;
    return settings
        .define(
            REGION,
            Type.STRING,
            null,
            ConfigDef.LambdaValidator.with(AwsConfig::checkRegion, () -> "a region's name"),
            Importance.HIGH,
            "Region of the streams, such as eu-central-1. Without it, what the environment, the profile or the instance says.",
            GROUP,
            ++order,
            Width.MEDIUM,
            "Region",
            new Regions())
        .define(
            ENDPOINT,
            Type.STRING,
            null,
            ConfigDef.LambdaValidator.with(AwsConfig::checkEndpoint, () -> "an http or https URL"),
            Importance.LOW,
            "URL in place of AWS' own: an emulator, or an endpoint of a VPC.",
            GROUP,
            ++order,
            Width.LONG,
            "Endpoint")
        .define(
            PROFILE,
            Type.STRING,
            null,
            Importance.MEDIUM,
            "Profile of the worker's shared AWS files. Without it and without keys, the SDK's default chain: environment, profile, web identity, container, instance.",
            GROUP,
            ++order,
            Width.MEDIUM,
            "Profile")
        .define(
            KEY_ID,
            Type.STRING,
            null,
            Importance.LOW,
            "Access key, with its secret. A role or the default chain is better.",
            GROUP,
            ++order,
            Width.MEDIUM,
            "Access key")
        .define(
            SECRET,
            Type.PASSWORD,
            null,
            Importance.LOW,
            "Secret of the access key; let one of the worker's config providers put it in, as ${file:/path:key} does.",
            GROUP,
            ++order,
            Width.MEDIUM,
            "Secret")
        .define(
            TOKEN,
            Type.PASSWORD,
            null,
            Importance.LOW,
            "Session token of a temporary access key.",
            GROUP,
            ++order,
            Width.MEDIUM,
            "Session token")
        .define(
            ROLE,
            Type.STRING,
            null,
            Importance.MEDIUM,
            "ARN of a role to take on.",
            GROUP,
            ++order,
            Width.LONG,
            "Role")
        .define(
            ROLE_SESSION,
            Type.STRING,
            "streambed-connect",
            Importance.LOW,
            "Name of the role's sessions, as CloudTrail shows it.",
            GROUP,
            ++order,
            Width.MEDIUM,
            "Session name")
        .define(
            ROLE_EXTERNAL_ID,
            Type.STRING,
            null,
            Importance.LOW,
            "External id that the role asks for.",
            GROUP,
            ++order,
            Width.MEDIUM,
            "External id")
        .define(
            REQUEST_TIMEOUT,
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

  /**
   * Reads the settings.
   *
   * @throws ConfigException if two of them contradict each other; it names one of them
   */
  public static AwsConfig of(AbstractConfig settings) {
    Optional<String> keyId = Optional.ofNullable(settings.getString(KEY_ID));
    Optional<Password> secret = Optional.ofNullable(settings.getPassword(SECRET));
    if (keyId.isPresent() != secret.isPresent()) {
      throw new ConfigException(
          keyId.isPresent() ? SECRET : KEY_ID,
          null,
          KEY_ID + " and " + SECRET + " need each other; set both or neither");
    }
    Optional<String> profile = Optional.ofNullable(settings.getString(PROFILE));
    if (profile.isPresent() && keyId.isPresent()) {
      throw new ConfigException(
          PROFILE, profile.get(), PROFILE + " and " + KEY_ID + " exclude each other; set one");
    }
    return new AwsConfig(
        Optional.ofNullable(settings.getString(REGION)).map(Region::of),
        Optional.ofNullable(settings.getString(ENDPOINT)).map(URI::create),
        profile,
        keyId.map(id ->
            new Keys(id, secret.orElseThrow(), Optional.ofNullable(settings.getPassword(TOKEN)))),
        Optional.ofNullable(settings.getString(ROLE))
            .map(arn ->
                new Role(
                    arn,
                    settings.getString(ROLE_SESSION),
                    Optional.ofNullable(settings.getString(ROLE_EXTERNAL_ID)))),
        Duration.ofMillis(settings.getInt(REQUEST_TIMEOUT)));
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
    public List<Object> validValues(String name, java.util.Map<String, Object> settings) {
      return List.copyOf(
          Region.regions().stream()
              .filter(region -> !region.isGlobalRegion())
              .filter(region -> RegionMetadata.of(region) != null)
              .map(Region::id)
              .sorted()
              .toList());
    }

    @Override
    public boolean visible(String name, java.util.Map<String, Object> settings) {
      return true;
    }
  }
}
