/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.serdes;

import io.streambed.schemas.registry.RegistryAuth;
import io.streambed.schemas.registry.RegistryConfig;
import io.streambed.schemas.registry.RetryConfig;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.registry.TrustStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * What a plain Kafka client sets to use {@link AvroSerializer} and {@link AvroDeserializer}. The
 * keys stand among the client's own.
 */
public final class SerdeConfig {

  /** URLs of the registry, with commas between them. */
  public static final String URLS = "streambed.registry.urls";

  /** User's name, with {@link #PASSWORD}. */
  public static final String USER = "streambed.registry.user";

  /** User's password. */
  public static final String PASSWORD = "streambed.registry.password";

  /** Bearer token, in place of user and password. */
  public static final String TOKEN = "streambed.registry.token";

  /** File of certificates to trust: PEM, JKS or PKCS #12. */
  public static final String TRUST_STORE = "streambed.registry.truststore";

  /** Password of a JKS or PKCS #12 file. */
  public static final String TRUST_STORE_PASSWORD = "streambed.registry.truststore.password";

  /** Rounds of retries when no registry answers. */
  public static final String RETRIES = "streambed.registry.retries";

  /** Whether a serializer registers a schema that the registry does not have. */
  public static final String AUTO_REGISTER = "streambed.registry.auto.register";

  /** Where schemas stand: {@code topic_name}, {@code record_name} or {@code topic_record_name}. */
  public static final String SUBJECT_NAME = "streambed.registry.subject.name";

  /** Class of the records that a deserializer gives. */
  public static final String RECORD = "streambed.registry.record";

  private static final ConfigDef DEFINITION =
      new ConfigDef()
          .define(URLS, Type.LIST, Importance.HIGH, "URLs of the schema registry.")
          .define(USER, Type.STRING, null, Importance.MEDIUM, "User of the registry.")
          .define(PASSWORD, Type.PASSWORD, null, Importance.MEDIUM, "The user's password.")
          .define(TOKEN, Type.PASSWORD, null, Importance.MEDIUM, "Bearer token.")
          .define(TRUST_STORE, Type.STRING, null, Importance.MEDIUM, "Certificates to trust.")
          .define(TRUST_STORE_PASSWORD, Type.PASSWORD, null, Importance.MEDIUM, "Its password.")
          .define(
              RETRIES,
              Type.INT,
              RetryConfig.DEFAULT.retries(),
              ConfigDef.Range.atLeast(0),
              Importance.LOW,
              "Rounds of retries.")
          .define(AUTO_REGISTER, Type.BOOLEAN, true, Importance.MEDIUM, "Register schemas.")
          .define(
              SUBJECT_NAME,
              Type.STRING,
              "topic_name",
              CaseInsensitiveValidString.in("topic_name", "record_name", "topic_record_name"),
              Importance.LOW,
              "Under which subject schemas stand.")
          .define(RECORD, Type.CLASS, null, Importance.HIGH, "Class of the records read.");

  private final AbstractConfig config;

  /**
   * @throws ConfigException if a key is missing or wrong; it names the key
   */
  SerdeConfig(Map<String, ?> settings) {
    this.config = new AbstractConfig(DEFINITION, settings, false);
    if (config.getString(USER) != null && config.getPassword(TOKEN) != null) {
      throw new ConfigException(TOKEN + " and " + USER + " exclude each other; set one of them");
    }
    if ((config.getString(USER) == null) != (config.getPassword(PASSWORD) == null)) {
      throw new ConfigException(USER + " and " + PASSWORD + " need each other; set both");
    }
  }

  SchemaRegistryClient client() {
    URI[] urls = config.getList(URLS).stream().map(SerdeConfig::url).toArray(URI[]::new);
    if (urls.length == 0) {
      throw new ConfigException(URLS + " is empty; give a URL such as http://localhost:8081");
    }
    RetryConfig usual = RetryConfig.DEFAULT;
    RegistryConfig registry =
        RegistryConfig.of(urls[0], Arrays.copyOfRange(urls, 1, urls.length))
            .withAuth(auth())
            .withRetry(
                new RetryConfig(
                    config.getInt(RETRIES), usual.firstBackOff(), usual.longestBackOff()));
    String store = config.getString(TRUST_STORE);
    return new SchemaRegistryClient(
        store == null
            ? registry
            : registry.withTrust(
                new TrustStore(Path.of(store), secret(config.getPassword(TRUST_STORE_PASSWORD)))));
  }

  SubjectNaming naming() {
    return SubjectNaming.valueOf(config.getString(SUBJECT_NAME).toUpperCase(Locale.ROOT));
  }

  boolean autoRegister() {
    return config.getBoolean(AUTO_REGISTER);
  }

  Class<? extends SpecificRecordBase> record() {
    Class<?> type = config.getClass(RECORD);
    if (type == null || !SpecificRecordBase.class.isAssignableFrom(type)) {
      throw new ConfigException(
          RECORD + " must be a generated Avro class, such as io.streambed.schemas.PromptResult");
    }
    return type.asSubclass(SpecificRecordBase.class);
  }

  private RegistryAuth auth() {
    Optional<String> token = secret(config.getPassword(TOKEN));
    if (token.isPresent()) {
      return new RegistryAuth.Bearer(token.get());
    }
    String user = config.getString(USER);
    return user == null
        ? new RegistryAuth.None()
        : new RegistryAuth.Basic(user, secret(config.getPassword(PASSWORD)).orElse(""));
  }

  private static Optional<String> secret(@Nullable Password password) {
    return Optional.ofNullable(password).map(Password::value);
  }

  private static URI url(String text) {
    try {
      return URI.create(text.strip());
    } catch (IllegalArgumentException e) {
      // The text is left out: it may hold a password.
      throw new ConfigException(
          URLS + " holds something that is no URL; it must look like http://localhost:8081");
    }
  }
}
