/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import io.streambed.processors.config.Setting.Origin;
import io.streambed.processors.model.ModelAlias;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the settings at startup. A file gives dotted keys, YAML nesting or properties; a variable
 * {@code STREAMBED_<KEY>} of the environment, in capitals and with underscores for dots, wins over
 * it; a blank value stands for the default.
 */
public final class ConfigLoader {

  /** What follows it is passed to Kafka's clients as it is. */
  static final String CLIENT_PREFIX = "kafka.client.";

  private static final String LOCAL = "/io/streambed/local-profile.yaml";

  private ConfigLoader() {}

  /**
   * Reads a file, by its ending YAML or properties, and the environment.
   *
   * @throws InvalidConfigException with everything that is wrong
   */
  public static LoadedConfig load(Path file, Map<String, String> environment) {
    return load(ConfigFile.read(file), environment);
  }

  /**
   * The settings that fit {@code streambed local} on its fixed ports, and the environment.
   *
   * @throws InvalidConfigException with everything that is wrong
   */
  public static LoadedConfig local(Map<String, String> environment) {
    try (InputStream in =
        Objects.requireNonNull(ConfigLoader.class.getResourceAsStream(LOCAL), LOCAL)) {
      return load(ConfigFile.read(LOCAL, in), environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads settings that are dotted keys already, and the environment.
   *
   * @throws InvalidConfigException with everything that is wrong
   */
  public static LoadedConfig load(Map<String, String> file, Map<String, String> environment) {
    Problems problems = new Problems();
    Set<String> secretFiles = SecretFiles.keys(ConfigReference.STATIC_GROUPS);
    Set<String> declared = new TreeSet<>(secretFiles);
    declared.addAll(names(ConfigReference.STATIC_GROUPS));
    Given given = Given.merge(file, environment, declared, problems);
    List<ModelKeys> models =
        ModelKeys.NAMED.namesIn(given.values()).stream().map(ModelKeys::new).toList();
    List<LaneKeys> lanes =
        LaneKeys.NAMED.namesIn(given.values()).stream().map(LaneKeys::new).toList();
    List<TenantKeys> tenants =
        TenantKeys.NAMED.namesIn(given.values()).stream().map(TenantKeys::new).toList();
    List<Keys> groups = new ArrayList<>(ConfigReference.STATIC_GROUPS);
    models.forEach(model -> groups.add(model.keys));
    lanes.forEach(lane -> groups.add(lane.keys));
    tenants.forEach(tenant -> groups.add(tenant.keys));
    declared.addAll(names(groups));
    UnknownKeys.refuse(given.values().keySet(), declared, problems);
    Map<String, String> texts = SecretFiles.resolve(given.values(), secretFiles, problems);
    Values values = Values.parse(groups, texts, problems);
    StreambedConfig config = records(values, texts, models, lanes, tenants, problems);
    problems.throwIfAny();
    return new LoadedConfig(config, settings(groups, texts, given.origins()));
  }

  private static StreambedConfig records(
      Values values,
      Map<String, String> texts,
      List<ModelKeys> models,
      List<LaneKeys> lanes,
      List<TenantKeys> tenants,
      Problems problems) {
    Optional<String> region = BedrockSection.region(values);
    Map<String, ModelAlias> aliases = ModelsSection.read(values, models, lanes, region, problems);
    String first = aliases.values().stream().map(a -> a.lane().region()).findFirst().orElse("");
    return new StreambedConfig(
        KafkaSection.read(values, ClientSettings.read(texts, problems), problems),
        RegistrySection.read(values, problems),
        RegistrySection.subjects(values),
        TopicsSection.read(values, problems),
        AdmissionSection.read(values),
        AnswersSection.read(values),
        InvocationSection.read(values, problems),
        BedrockSection.read(values, region.orElse(first), problems),
        aliases,
        TenantsSection.read(values, tenants, problems),
        BudgetsSection.read(values, tenants, problems),
        RedriveSection.read(values),
        OpsSection.read(values),
        PricesSection.read(values, problems));
  }

  private static List<Setting> settings(
      List<Keys> groups, Map<String, String> texts, Map<String, Origin> origins) {
    List<Setting> settings = new ArrayList<>();
    for (Keys group : groups) {
      for (Key<?> key : group.declared()) {
        String text = texts.get(key.name());
        settings.add(
            new Setting(
                group.group(),
                key.name(),
                text == null ? key.shownPreset() : Values.shown(key, text),
                text == null
                    ? Origin.DEFAULT
                    : origins.getOrDefault(
                        key.name(), origins.getOrDefault(key.fileName(), Origin.FILE))));
      }
    }
    texts.keySet().stream()
        .filter(key -> key.startsWith(CLIENT_PREFIX))
        .forEach(key ->
            settings.add(
                new Setting(
                    "Kafka clients", key, "[hidden]", origins.getOrDefault(key, Origin.FILE))));
    return settings;
  }

  private static Set<String> names(List<Keys> groups) {
    Set<String> names = new TreeSet<>();
    groups.forEach(g -> g.declared().forEach(key -> names.add(key.name())));
    return names;
  }
}
