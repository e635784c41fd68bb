/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import io.streambed.connectors.PluginVersion;
import io.streambed.connectors.aws.AwsConfig;
import io.streambed.connectors.aws.AwsRefusedException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;
import org.jspecify.annotations.Nullable;

/** Kinesis out: all its tasks do the same with other partitions. */
public final class KinesisSinkConnector extends SinkConnector {

  private Map<String, String> settings = Map.of();

  /** For the worker, which calls {@link #start} next. */
  public KinesisSinkConnector() {}

  @Override
  public String version() {
    return PluginVersion.get();
  }

  @Override
  public ConfigDef config() {
    return KinesisSinkConfig.DEFINITION;
  }

  @Override
  public Class<? extends Task> taskClass() {
    return KinesisSinkTask.class;
  }

  @Override
  public void start(Map<String, String> given) {
    settings = new HashMap<>(given);
  }

  @Override
  public List<Map<String, String>> taskConfigs(int most) {
    return Collections.nCopies(most, settings);
  }

  @Override
  public void stop() {
    settings = Map.of();
  }

  /** Any offset will do: nothing is kept but what Kafka keeps. */
  @Override
  public boolean alterOffsets(Map<String, String> given, Map<TopicPartition, Long> offsets) {
    return true;
  }

  /** Beside the settings' own rules: asks AWS for each stream, and puts its answer to a setting. */
  @Override
  public Config validate(Map<String, String> given) {
    Config result = super.validate(given);
    if (result.configValues().stream().anyMatch(value -> !value.errorMessages().isEmpty())) {
      return result;
    }
    try {
      StreamCheck.problems(new KinesisSinkConfig(given), given)
          .forEach(problem -> add(result, problem.setting(), problem.text()));
    } catch (ConfigException e) {
      add(result, named(result, e), e.getMessage());
    } catch (AwsRefusedException e) {
      add(result, AwsConfig.REGION, e.getMessage());
    }
    return result;
  }

  /** Kafka's exception has its setting's name in the text only. */
  private static String named(Config result, ConfigException e) {
    String text = String.valueOf(e.getMessage());
    return result.configValues().stream()
        .map(ConfigValue::name)
        .filter(name -> text.contains("configuration " + name + ":"))
        .findFirst()
        .orElse(SinkSettings.STREAM);
  }

  private static void add(Config result, String setting, @Nullable String message) {
    result.configValues().stream()
        .filter(value -> value.name().equals(setting))
        .forEach(value -> value.addErrorMessage(String.valueOf(message)));
  }
}
