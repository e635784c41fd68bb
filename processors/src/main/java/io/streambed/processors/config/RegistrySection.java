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

import io.streambed.schemas.registry.RegistryAuth;
import io.streambed.schemas.registry.RegistryConfig;
import io.streambed.schemas.registry.RetryConfig;
import io.streambed.schemas.registry.TrustStore;
import io.streambed.schemas.serdes.SubjectNaming;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The schema registry. */
final class RegistrySection {

  static final Keys KEYS = new Keys("Schema registry");

  private static final Key<List<URI>> URLS =
      KEYS.uris(
          "registry.urls",
          "http://127.0.0.1:8081",
          HIGH,
          "Base URLs of one registry, path included, several with a comma between; another is tried when one fails.");
  private static final Key<Optional<String>> USER =
      KEYS.optionalText("registry.basic.user", "", Validators.text(), MEDIUM, "User's name.");
  private static final Key<Optional<String>> PASSWORD =
      KEYS.secret("registry.basic.password", MEDIUM, "That user's password.");
  private static final Key<Optional<String>> TOKEN =
      KEYS.secret("registry.bearer.token", MEDIUM, "Token, in place of user and password.");
  private static final Key<Optional<Path>> TRUST =
      KEYS.optionalPath(
          "registry.truststore.path",
          MEDIUM,
          "Certificates to trust in place of the JVM's: PEM (`.pem`, `.crt`, `.cer`), PKCS#12 or JKS.");
  private static final Key<Optional<String>> TRUST_PASSWORD =
      KEYS.secret(
          "registry.truststore.password", MEDIUM, "Password of that file, where it has one.");
  private static final Key<Duration> CONNECT =
      KEYS.millis(
          "registry.connect.timeout.ms",
          RegistryConfig.DEFAULT_CONNECT_TIMEOUT.toMillis(),
          1,
          60_000,
          LOW,
          "Longest wait for a connection.");
  private static final Key<Duration> REQUEST =
      KEYS.millis(
          "registry.request.timeout.ms",
          RegistryConfig.DEFAULT_REQUEST_TIMEOUT.toMillis(),
          1,
          300_000,
          LOW,
          "Longest wait for an answer.");
  private static final Key<Integer> RETRIES =
      KEYS.count(
          "registry.retries",
          RetryConfig.DEFAULT.retries(),
          0,
          1_000,
          LOW,
          "How often all URLs are tried again before the registry counts as down. Requests then wait in Kafka.");
  private static final Key<Duration> BACKOFF =
      KEYS.millis(
          "registry.retry.backoff.ms",
          RetryConfig.DEFAULT.firstBackOff().toMillis(),
          0,
          60_000,
          LOW,
          "Wait before the first of these; it doubles from one to the next.");
  private static final Key<Duration> MAX_BACKOFF =
      KEYS.millis(
          "registry.retry.backoff.max.ms",
          RetryConfig.DEFAULT.longestBackOff().toMillis(),
          0,
          600_000,
          LOW,
          "Longest such wait.");
  private static final Key<Duration> UNKNOWN =
      KEYS.millis(
          "registry.unknown.id.ttl.ms",
          RegistryConfig.DEFAULT_UNKNOWN_ID_TTL.toMillis(),
          0,
          3_600_000,
          LOW,
          "How long a schema id that the registry does not know is not asked for again.");

  private static final Key<Boolean> AUTO_REGISTER =
      KEYS.flag(
          "registry.auto.register",
          true,
          MEDIUM,
          "Whether schemas of results that the registry does not have are registered. Otherwise they must be there.");
  private static final Key<SubjectNaming> NAMING =
      KEYS.choice(
          "registry.subject.naming",
          SubjectNaming.TOPIC_NAME,
          MEDIUM,
          "Under which subject a schema stands: `<topic>-value`, the record's full name, or `<topic>-<full name>`.");

  private RegistrySection() {}

  static SubjectsConfig subjects(Values values) {
    return new SubjectsConfig(values.get(NAMING), values.get(AUTO_REGISTER));
  }

  static RegistryConfig read(Values values, Problems problems) {
    boolean user = values.get(USER).isPresent();
    boolean password = values.get(PASSWORD).isPresent();
    problems.require(
        user == password,
        user ? PASSWORD : USER,
        "user and password go together",
        "Give both or neither");
    problems.require(
        !(user && values.get(TOKEN).isPresent()),
        TOKEN,
        "there is a user as well",
        "Give a token or a user, not both");
    problems.require(
        values.get(TRUST_PASSWORD).isEmpty() || values.get(TRUST).isPresent(),
        TRUST_PASSWORD,
        "there is no file to open with it",
        "Give registry.truststore.path as well",
        TRUST);
    boolean growing = values.get(BACKOFF).compareTo(values.get(MAX_BACKOFF)) <= 0;
    problems.require(
        growing,
        BACKOFF,
        "the first wait is longer than the longest",
        "Set it to registry.retry.backoff.max.ms at most",
        MAX_BACKOFF);
    return new RegistryConfig(
        values.get(URLS),
        auth(values),
        values.get(TRUST).map(file -> new TrustStore(file, values.get(TRUST_PASSWORD))),
        values.get(CONNECT),
        values.get(REQUEST),
        growing
            ? new RetryConfig(values.get(RETRIES), values.get(BACKOFF), values.get(MAX_BACKOFF))
            : RetryConfig.DEFAULT,
        values.get(UNKNOWN));
  }

  private static RegistryAuth auth(Values values) {
    return values
        .get(TOKEN)
        .<RegistryAuth>map(RegistryAuth.Bearer::new)
        .or(() ->
            values
                .get(USER)
                .flatMap(user ->
                    values.get(PASSWORD).map(password -> new RegistryAuth.Basic(user, password))))
        .orElseGet(RegistryAuth.None::new);
  }
}
