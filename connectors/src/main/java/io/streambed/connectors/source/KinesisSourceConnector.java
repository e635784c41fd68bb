/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import io.streambed.connectors.PluginVersion;
import io.streambed.connectors.aws.AwsConfig;
import io.streambed.connectors.aws.AwsFailure;
import io.streambed.connectors.aws.AwsRefusedException;
import io.streambed.connectors.aws.AwsRequests;
import io.streambed.connectors.aws.KinesisClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.jspecify.annotations.Nullable;

/** Kinesis in: looks which shards there are and shares them out among its tasks. */
public final class KinesisSourceConnector extends SourceConnector {

  private static final int TRIES = 6;
  private static final int TRIES_OF_VALIDATION = 2;
  private static final Duration PATIENCE_OF_VALIDATION = Duration.ofSeconds(5);

  private Map<String, String> settings = Map.of();
  private @Nullable KinesisClients clients;
  private @Nullable AwsRequests requests;
  private @Nullable ShardWatch watch;

  /** For the worker, which calls {@link #start} next. */
  public KinesisSourceConnector() {}

  @Override
  public String version() {
    return PluginVersion.get();
  }

  @Override
  public ConfigDef config() {
    return KinesisSourceConfig.DEFINITION;
  }

  @Override
  public Class<? extends Task> taskClass() {
    return KinesisSourceTask.class;
  }

  @Override
  public void start(Map<String, String> given) {
    settings = Map.copyOf(given);
    KinesisSourceConfig config = new KinesisSourceConfig(given);
    try {
      begin(config);
    } catch (ConnectException e) {
      stop();
      throw e;
    }
  }

  private void begin(KinesisSourceConfig config) {
    KinesisClients opened = KinesisClients.open(config.aws(), false);
    clients = opened;
    AwsRequests asking = new AwsRequests(TRIES, config.aws().requestTimeout());
    requests = asking;
    ShardWatch watching =
        new ShardWatch(
            config,
            new Catalogue(opened.kinesis(), asking),
            context().offsetStorageReader(),
            context()::requestTaskReconfiguration);
    watch = watching;
    watching.start();
  }

  @Override
  public List<Map<String, String>> taskConfigs(int most) {
    ShardWatch watching = watch;
    if (watching == null) {
      throw new ConnectException("the connector is not started");
    }
    return watching.shares(most).stream().map(this::taskConfig).toList();
  }

  private Map<String, String> taskConfig(TaskAssignment assignment) {
    Map<String, String> task = new HashMap<>(settings);
    task.put(TaskAssignment.SETTING, assignment.text());
    return task;
  }

  @Override
  public void stop() {
    if (requests != null) {
      requests.close();
    }
    if (watch != null) {
      watch.close();
    }
    if (clients != null) {
      clients.close();
    }
  }

  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> given) {
    return ExactlyOnceSupport.SUPPORTED;
  }

  @Override
  public ConnectorTransactionBoundaries canDefineTransactionBoundaries(Map<String, String> given) {
    return ConnectorTransactionBoundaries.SUPPORTED;
  }

  /**
   * Whether offsets that a user wants to set are such as this connector writes; null deletes one.
   */
  @Override
  public boolean alterOffsets(
      Map<String, String> given, Map<Map<String, ?>, Map<String, ?>> offsets) {
    offsets.forEach((partition, offset) -> {
      if (ShardId.of(partition).isEmpty()) {
        throw new ConnectException(
            "a partition must be {\"stream\": NAME or ARN, \"shard\": ID} and nothing more");
      }
      if (offset != null && Position.of(offset).isEmpty()) {
        throw new ConnectException(
            "an offset must be {\"sequence\": DIGITS}, with \"subsequence\": NUMBER within an aggregated record; or {\"timestamp\": EPOCH MILLISECONDS}; or {\"ended\": true}");
      }
    });
    return true;
  }

  /**
   * Beside the settings' own rules: asks AWS for each stream, and puts its answer to the setting.
   */
  @Override
  public Config validate(Map<String, String> given) {
    Config result = super.validate(given);
    if (result.configValues().stream().anyMatch(value -> !value.errorMessages().isEmpty())) {
      return result;
    }
    try {
      look(new KinesisSourceConfig(given), result);
    } catch (ConfigException e) {
      add(result, named(result, e).orElse(SourceSettings.STREAMS), e.getMessage());
    } catch (AwsRefusedException e) {
      add(result, AwsConfig.REGION, e.getMessage());
    }
    return result;
  }

  /** Looks for the streams; no more after a failure that is not the stream's. */
  private static void look(KinesisSourceConfig config, Config result) {
    try (KinesisClients opened = KinesisClients.open(config.aws(), false);
        AwsRequests asking = new AwsRequests(TRIES_OF_VALIDATION, PATIENCE_OF_VALIDATION)) {
      Catalogue catalogue = new Catalogue(opened.kinesis(), asking);
      for (StreamName stream : config.streams()) {
        Optional<AwsFailure> why = catalogue.problem(stream);
        if (why.isPresent()) {
          String setting = config.aws().settingOf(why.get(), SourceSettings.STREAMS);
          add(result, setting, message(why.get(), "looking at stream " + stream));
          if (!(why.get() instanceof AwsFailure.NotFound)) {
            return;
          }
        }
      }
      config
          .pattern()
          .flatMap(pattern -> catalogue.problemOfNames())
          .ifPresent(why ->
              add(
                  result,
                  config.aws().settingOf(why, SourceSettings.PATTERN),
                  message(why, "listing streams")));
    }
  }

  private static @Nullable String message(AwsFailure why, String asked) {
    return why.toException(asked).getMessage();
  }

  /** Kafka's exception has its setting's name in the text only. */
  private static Optional<String> named(Config result, ConfigException e) {
    String text = String.valueOf(e.getMessage());
    return result.configValues().stream()
        .map(ConfigValue::name)
        .filter(name -> text.contains("configuration " + name + ":"))
        .findFirst();
  }

  private static void add(Config result, String setting, @Nullable String message) {
    result.configValues().stream()
        .filter(value -> value.name().equals(setting))
        .forEach(value -> value.addErrorMessage(String.valueOf(message)));
  }
}
