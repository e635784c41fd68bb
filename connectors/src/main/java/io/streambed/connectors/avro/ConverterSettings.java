/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.avro;

import io.apicurio.registry.utils.converter.avro.AvroDataConfig;
import io.streambed.schemas.registry.RegistryConfig;
import io.streambed.schemas.registry.RetryConfig;
import io.streambed.schemas.serdes.SerdeConfig;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** Names, defaults and texts of the converter's settings. */
final class ConverterSettings {

  private static final String REGISTRY = "Registry";
  private static final String SCHEMAS = "Schemas";

  static final ConfigDef DEFINITION = schemas(registry(new ConfigDef()));

  private ConverterSettings() {}

  private static ConfigDef registry(ConfigDef settings) {
    int order = 0;
    return settings
        .define(
            SerdeConfig.URLS,
            Type.LIST,
            ConfigDef.NO_DEFAULT_VALUE,
            ConfigDef.LambdaValidator.with(
                ConverterSettings::checkUrls, () -> "http or https URLs without user and password"),
            Importance.HIGH,
            "URLs of the schema registry, with commas between them; a path such as /apis/ccompat/v7 belongs to them. Another is asked where one fails.",
            REGISTRY,
            ++order,
            Width.LONG,
            "URLs")
        .define(
            SerdeConfig.USER,
            Type.STRING,
            null,
            Importance.MEDIUM,
            "User of the registry, with its password.",
            REGISTRY,
            ++order,
            Width.MEDIUM,
            "User")
        .define(
            SerdeConfig.PASSWORD,
            Type.PASSWORD,
            null,
            Importance.MEDIUM,
            "The user's password; let one of the worker's config providers put it in, as ${file:/path:key} does.",
            REGISTRY,
            ++order,
            Width.MEDIUM,
            "Password")
        .define(
            SerdeConfig.TOKEN,
            Type.PASSWORD,
            null,
            Importance.MEDIUM,
            "Bearer token, in place of user and password.",
            REGISTRY,
            ++order,
            Width.MEDIUM,
            "Token")
        .define(
            SerdeConfig.TRUST_STORE,
            Type.STRING,
            null,
            Importance.MEDIUM,
            "File on the worker with the certificates to trust: PEM, JKS or PKCS #12. Without it, those of the JVM.",
            REGISTRY,
            ++order,
            Width.LONG,
            "Trust store")
        .define(
            SerdeConfig.TRUST_STORE_PASSWORD,
            Type.PASSWORD,
            null,
            Importance.MEDIUM,
            "Password of a JKS or PKCS #12 file.",
            REGISTRY,
            ++order,
            Width.MEDIUM,
            "Trust store's password")
        .define(
            SerdeConfig.RETRIES,
            Type.INT,
            RetryConfig.DEFAULT.retries(),
            ConfigDef.Range.atLeast(0),
            Importance.LOW,
            "Rounds in which all URLs are tried again before the failure is told and `streambed.registry.wait` says what follows.",
            REGISTRY,
            ++order,
            Width.SHORT,
            "Retries")
        .define(
            ConverterConfig.WAIT,
            Type.BOOLEAN,
            true,
            Importance.LOW,
            "Whether a record waits in the converter for a registry that does not answer or refuses the credentials. Otherwise it is given back to Connect, which tries it again for errors.retry.timeout; with errors.tolerance all it is taken for a bad one after that, and at once when its task is stopped.",
            REGISTRY,
            ++order,
            Width.SHORT,
            "Wait for it");
  }

  private static ConfigDef schemas(ConfigDef settings) {
    int order = 0;
    return settings
        .define(
            SerdeConfig.AUTO_REGISTER,
            Type.BOOLEAN,
            true,
            Importance.MEDIUM,
            "Whether schemas that the registry does not have are registered; otherwise they must be there.",
            SCHEMAS,
            ++order,
            Width.SHORT,
            "Register schemas")
        .define(
            SerdeConfig.SUBJECT_NAME,
            Type.STRING,
            "topic_name",
            ConfigDef.CaseInsensitiveValidString.in(
                "topic_name", "record_name", "topic_record_name"),
            Importance.LOW,
            "Subject of a schema: TOPIC-value or TOPIC-key, the record's full name, or TOPIC and the full name with a hyphen between them.",
            SCHEMAS,
            ++order,
            Width.MEDIUM,
            "Subjects",
            new Choice(List.of("topic_name", "record_name", "topic_record_name")))
        .define(
            ConverterConfig.USE_LATEST,
            Type.BOOLEAN,
            false,
            Importance.MEDIUM,
            "Whether records are written with the newest schema of their subject, into which they are turned by Avro's rules, in place of the schema they come with. Then nothing is registered, and every topic that is written needs a schema: those of errors, too. A schema that becomes the newest is used from the task's next start on.",
            SCHEMAS,
            ++order,
            Width.SHORT,
            "Newest schema")
        .define(
            AvroDataConfig.CONNECT_META_DATA_CONFIG,
            Type.BOOLEAN,
            AvroDataConfig.CONNECT_META_DATA_DEFAULT,
            Importance.LOW,
            "Whether what only Connect knows of a schema (versions, 8-bit numbers, parameters) is kept in properties of Avro's. Records of Streambed never have them.",
            SCHEMAS,
            ++order,
            Width.SHORT,
            "Connect's properties")
        .define(
            AvroDataConfig.SCHEMAS_CACHE_SIZE_CONFIG,
            Type.INT,
            AvroDataConfig.SCHEMAS_CACHE_SIZE_DEFAULT,
            ConfigDef.Range.between(1, 1_000_000),
            Importance.LOW,
            "How many schemas are kept in both forms, Avro's and Connect's.",
            SCHEMAS,
            ++order,
            Width.SHORT,
            "Schemas kept");
  }

  private static void checkUrls(String name, Object value) {
    if (!(value instanceof List<?> urls)) {
      return;
    }
    if (urls.isEmpty()) {
      throw new ConfigException(name, "", "is empty; give a URL such as http://localhost:8081");
    }
    for (Object url : urls) {
      try {
        RegistryConfig.of(URI.create(url.toString().strip()));
      } catch (IllegalArgumentException e) {
        // The text is left out: it may hold a password.
        throw new ConfigException(
            name,
            "[hidden]",
            "must be URLs such as http://localhost:8081, without user and password");
      }
    }
  }

  /** A closed list, for user interfaces. */
  private record Choice(List<Object> values) implements ConfigDef.Recommender {
    @Override
    public List<Object> validValues(String name, Map<String, Object> settings) {
      return values;
    }

    @Override
    public boolean visible(String name, Map<String, Object> settings) {
      return true;
    }
  }
}
