/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import software.amazon.awssdk.regions.Region;

/**
 * Where AWS is and who asks.
 *
 * @param region the region; without one the SDK looks into environment, profile and instance
 * @param endpoint of Kinesis, in place of AWS' own
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
  public static final String STS_ENDPOINT = "aws.sts.endpoint";
  public static final String REQUEST_TIMEOUT = "aws.request.timeout.ms";

  /** Credentials that stand in the configuration, where a config provider should put them. */
  public record Keys(String id, Password secret, Optional<Password> token) {}

  /**
   * A role.
   *
   * @param session name that its sessions carry in CloudTrail
   * @param endpoint of STS, which hands out its credentials, in place of AWS' own
   */
  public record Role(
      String arn, String session, Optional<String> externalId, Optional<URI> endpoint) {}

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
                    Optional.ofNullable(settings.getString(ROLE_EXTERNAL_ID)),
                    Optional.ofNullable(settings.getString(STS_ENDPOINT)).map(URI::create))),
        Duration.ofMillis(settings.getInt(REQUEST_TIMEOUT)));
  }

  /**
   * The setting that has most to do with a failure.
   *
   * @param stream name of the setting that says which stream was asked for
   */
  public String settingOf(AwsFailure why, String stream) {
    return switch (why) {
      case AwsFailure.NotPermitted no -> whoAsks();
      case AwsFailure.Unavailable down when down.ofRole() -> STS_ENDPOINT;
      case AwsFailure.Unavailable down -> endpoint.isPresent() ? ENDPOINT : REGION;
      case AwsFailure.NotFound gone -> stream;
      case AwsFailure.Throttled slow -> stream;
      case AwsFailure.Expired old -> stream;
      case AwsFailure.Refused no -> stream;
    };
  }

  private String whoAsks() {
    if (role.isPresent()) {
      return ROLE;
    }
    if (keys.isPresent()) {
      return KEY_ID;
    }
    return profile.isPresent() ? PROFILE : REGION;
  }
}
