/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.avro;

import io.apicurio.registry.utils.converter.avro.AvroData;
import io.apicurio.registry.utils.converter.avro.AvroDataConfig;
import io.streambed.schemas.registry.RegistryAuth;
import io.streambed.schemas.registry.RegistryConfig;
import io.streambed.schemas.registry.RetryConfig;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.registry.TrustStore;
import io.streambed.schemas.serdes.SerdeConfig;
import io.streambed.schemas.serdes.SubjectNaming;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * The converter's settings, checked.
 *
 * @param registry where the registry is and how it is asked
 * @param naming under which subjects schemas stand
 * @param autoRegister whether schemas that the registry does not have are registered
 * @param useLatest whether records are written with their subject's newest schema
 * @param connectMetaData whether what only Connect knows of a schema is kept in Avro's
 * @param waits whether records wait for a registry that is down; otherwise Connect tries them again
 * @param cachedSchemas how many schemas are kept in the form that Connect knows
 */
record ConverterConfig(
    RegistryConfig registry,
    SubjectNaming naming,
    boolean autoRegister,
    boolean useLatest,
    boolean connectMetaData,
    boolean waits,
    int cachedSchemas) {

  /** Whether records are written with their subject's newest schema. */
  static final String USE_LATEST = "streambed.registry.use.latest";

  /** Whether records wait for a registry that is down. */
  static final String WAIT = "streambed.registry.wait";

  /** Every setting with its type, default and text; the registry's are named as in the serdes. */
  static final ConfigDef DEFINITION = ConverterSettings.DEFINITION;

  /**
   * Reads the settings; those of others are left alone.
   *
   * @throws ConfigException if a setting is wrong or contradicts another; it names the setting
   */
  static ConverterConfig of(Map<String, ?> settings) {
    AbstractConfig config = new AbstractConfig(DEFINITION, settings, false);
    return new ConverterConfig(
        registry(config),
        SubjectNaming.valueOf(config.getString(SerdeConfig.SUBJECT_NAME).toUpperCase(Locale.ROOT)),
        config.getBoolean(SerdeConfig.AUTO_REGISTER),
        config.getBoolean(USE_LATEST),
        config.getBoolean(AvroDataConfig.CONNECT_META_DATA_CONFIG),
        config.getBoolean(WAIT),
        config.getInt(AvroDataConfig.SCHEMAS_CACHE_SIZE_CONFIG));
  }

  /**
   * A client of the registry; whoever asks for it closes it.
   *
   * @throws ConfigException if the trust store cannot be used
   */
  SchemaRegistryClient client() {
    try {
      return new SchemaRegistryClient(registry);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(SerdeConfig.TRUST_STORE + ": " + e.getMessage());
    }
  }

  /** What turns Avro's data into Connect's and back. Enums stay enums, and names stay whole. */
  AvroData avroData() {
    return new AvroData(
        new AvroDataConfig.Builder()
            .with(AvroDataConfig.ENHANCED_AVRO_SCHEMA_SUPPORT_CONFIG, true)
            .with(AvroDataConfig.CONNECT_META_DATA_CONFIG, connectMetaData)
            .with(AvroDataConfig.SCHEMAS_CACHE_SIZE_CONFIG, cachedSchemas)
            .build());
  }

  private static RegistryConfig registry(AbstractConfig config) {
    List<URI> urls =
        config.getList(SerdeConfig.URLS).stream().map(url -> URI.create(url.strip())).toList();
    RetryConfig usual = RetryConfig.DEFAULT;
    RegistryConfig registry =
        RegistryConfig.of(urls.getFirst(), urls.stream().skip(1).toArray(URI[]::new))
            .withAuth(auth(config))
            .withRetry(
                new RetryConfig(
                    config.getInt(SerdeConfig.RETRIES),
                    usual.firstBackOff(),
                    usual.longestBackOff()));
    String store = config.getString(SerdeConfig.TRUST_STORE);
    Optional<String> password = secret(config.getPassword(SerdeConfig.TRUST_STORE_PASSWORD));
    return store == null ? registry : registry.withTrust(new TrustStore(Path.of(store), password));
  }

  private static RegistryAuth auth(AbstractConfig config) {
    Optional<String> user = Optional.ofNullable(config.getString(SerdeConfig.USER));
    Optional<String> password = secret(config.getPassword(SerdeConfig.PASSWORD));
    Optional<String> token = secret(config.getPassword(SerdeConfig.TOKEN));
    if (user.isPresent() && token.isPresent()) {
      throw new ConfigException(
          SerdeConfig.TOKEN + " and " + SerdeConfig.USER + " exclude each other; set one of them");
    }
    if (user.isPresent() != password.isPresent()) {
      throw new ConfigException(
          SerdeConfig.USER + " and " + SerdeConfig.PASSWORD + " need each other; set both");
    }
    if (token.isPresent()) {
      return new RegistryAuth.Bearer(token.get());
    }
    return user.isPresent()
        ? new RegistryAuth.Basic(user.get(), password.orElseThrow())
        : new RegistryAuth.None();
  }

  private static Optional<String> secret(@Nullable Password password) {
    return Optional.ofNullable(password).map(Password::value);
  }
}
