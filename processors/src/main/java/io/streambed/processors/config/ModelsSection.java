/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import io.streambed.processors.model.EmbeddingFamily;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.schemas.Operation;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Models as requests name them. */
final class ModelsSection {

  /** Default of a lane's concurrency. */
  static final int CONCURRENCY = 64;

  private static final Pattern ALIAS = Pattern.compile("[a-zA-Z0-9._-]{1,100}");

  private ModelsSection() {}

  static Map<String, ModelAlias> read(
      Values values, List<ModelKeys> models, Optional<String> defaultRegion, Problems problems) {
    if (models.isEmpty()) {
      problems.add(
          "models",
          "",
          "there is no model",
          "Give at least one, such as models.default.id = amazon.nova-lite-v1:0");
    }
    Map<String, ModelKeys> laneOwners = new TreeMap<>();
    Map<String, Integer> concurrency = new TreeMap<>();
    for (ModelKeys model : models) {
      check(values, model, defaultRegion, problems);
      agree(values, model, lane(values, model, defaultRegion), laneOwners, concurrency, problems);
    }
    Map<String, ModelAlias> aliases = new TreeMap<>();
    for (ModelKeys model : models) {
      Lane lane = lane(values, model, defaultRegion);
      int permits = concurrency.getOrDefault(lane.name(), CONCURRENCY);
      aliases.put(
          model.alias,
          new ModelAlias(
              model.alias,
              EmbeddingFamily.of(lane.modelId()).isPresent()
                  ? Operation.EMBEDDING
                  : Operation.PROMPT,
              new Lane(lane.modelId(), lane.region(), permits),
              values.get(model.answerVersion),
              values.get(model.maxTokens)));
    }
    return Collections.unmodifiableMap(aliases);
  }

  private static void check(
      Values values, ModelKeys model, Optional<String> defaultRegion, Problems problems) {
    if (!ALIAS.matcher(model.alias).matches()) {
      problems.add(
          model.id.name(),
          "",
          "this is no alias",
          "Use 1 to 100 letters, digits, dots, underscores and hyphens for it");
    }
    problems.require(
        values.get(model.id).isPresent(),
        model.id,
        "the model has no id",
        "Give the provider's model id or an inference profile");
    problems.require(
        values.get(model.region).or(() -> defaultRegion).isPresent(),
        model.region,
        "the model has no region",
        "Give it one, or set bedrock.region for all");
  }

  /** A lane has one number of permits, whichever alias names it. */
  private static void agree(
      Values values,
      ModelKeys model,
      Lane lane,
      Map<String, ModelKeys> owners,
      Map<String, Integer> concurrency,
      Problems problems) {
    Optional<Integer> wanted = values.get(model.concurrency);
    if (wanted.isEmpty() || values.get(model.id).isEmpty()) {
      return;
    }
    ModelKeys owner = owners.computeIfAbsent(lane.name(), name -> model);
    int agreed = concurrency.computeIfAbsent(lane.name(), name -> wanted.get());
    problems.require(
        agreed == wanted.get(),
        model.concurrency,
        "it is "
            + wanted.get()
            + ", and models."
            + owner.alias
            + ".concurrency is "
            + agreed
            + " for the same model and region, which share one lane",
        "Give both the same, or leave one out");
  }

  private static Lane lane(Values values, ModelKeys model, Optional<String> defaultRegion) {
    return new Lane(
        values.get(model.id).orElse(""),
        values.get(model.region).or(() -> defaultRegion).orElse(""),
        CONCURRENCY);
  }
}
