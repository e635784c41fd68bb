/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import io.streambed.processors.model.CachePoints;
import io.streambed.processors.model.CachePoints.Place;
import io.streambed.processors.model.EmbeddingFamily;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.ModelAlias.Spread;
import io.streambed.processors.model.PromptCaching;
import io.streambed.processors.model.Route;
import io.streambed.schemas.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Models: what requests may name, and by which lanes each is called. */
final class ModelsSection {

  /** Default of a lane's concurrency. */
  static final int CONCURRENCY = 64;

  private static final Pattern ALIAS = Pattern.compile("[a-zA-Z0-9._-]{1,100}");
  private static final Pattern WEIGHTED = Pattern.compile("(.+):(\\d{1,4})");

  private final Values values;
  private final Optional<String> defaultRegion;
  private final Map<String, Route> lanes;
  private final Problems problems;

  private ModelsSection(
      Values values, Optional<String> defaultRegion, Map<String, Route> lanes, Problems problems) {
    this.values = values;
    this.defaultRegion = defaultRegion;
    this.lanes = lanes;
    this.problems = problems;
  }

  static Map<String, ModelAlias> read(
      Values values,
      List<ModelKeys> models,
      List<LaneKeys> lanes,
      Optional<String> defaultRegion,
      Problems problems) {
    Map<String, Route> named = LanesSection.read(values, lanes, defaultRegion, problems);
    return new ModelsSection(values, defaultRegion, named, problems).read(models);
  }

  private Map<String, ModelAlias> read(List<ModelKeys> models) {
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
      check(model);
      if (values.get(model.lanes).isEmpty()) {
        agree(model, ownLane(model), laneOwners, concurrency);
      }
    }
    Map<String, ModelAlias> aliases = new TreeMap<>();
    for (ModelKeys model : models) {
      List<Route> routes =
          values.get(model.lanes).isEmpty()
              ? List.of(ownRoute(model, concurrency))
              : namedRoutes(model);
      if (!routes.isEmpty()) {
        aliases.put(model.alias, alias(model, routes));
      }
    }
    return Collections.unmodifiableMap(aliases);
  }

  private ModelAlias alias(ModelKeys model, List<Route> routes) {
    Set<Optional<EmbeddingFamily>> families = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (Route route : routes) {
      families.add(EmbeddingFamily.of(route.lane().modelId()));
      ids.add(route.lane().bareModelId());
    }
    problems.require(
        ids.size() == 1 || families.equals(Set.of(Optional.empty())),
        model.lanes,
        "vectors of different models cannot stand for each other",
        "Name lanes of one embedding model, or of models for prompts only");
    return new ModelAlias(
        model.alias,
        families.contains(Optional.empty()) ? Operation.PROMPT : Operation.EMBEDDING,
        routes,
        isWeighted(model) ? Spread.BY_WEIGHT : Spread.IN_ORDER,
        values.get(model.answerVersion),
        values.get(model.maxTokens),
        values.get(model.reuseStandIns),
        cachePoints(model, routes));
  }

  private CachePoints cachePoints(ModelKeys model, List<Route> routes) {
    List<Place> places = values.get(model.cachePoints);
    List<Optional<PromptCaching>> caching =
        routes.stream().map(route -> PromptCaching.of(route.lane().modelId())).toList();
    problems.require(
        places.isEmpty() || caching.stream().anyMatch(Optional::isPresent),
        model.cachePoints,
        "no model of this alias has a prompt cache, as far as is known",
        "Leave it out");
    boolean hour = values.get(model.cacheTtl).equals(ModelKeys.HOUR);
    problems.require(
        !hour
            || places.isEmpty()
            || caching.stream().anyMatch(it -> it.filter(PromptCaching::hour).isPresent()),
        model.cacheTtl,
        "no model of this alias keeps its prompt cache for an hour, as far as is known",
        "Leave it out",
        model.cachePoints);
    return new CachePoints(Set.copyOf(places), hour);
  }

  private void check(ModelKeys model) {
    boolean named = !values.get(model.lanes).isEmpty();
    if (!ALIAS.matcher(model.alias).matches()) {
      problems.add(
          model.id.name(),
          "",
          "this is no alias",
          "Use 1 to 100 letters, digits, dots, underscores and hyphens for it");
    }
    problems.require(
        values.get(model.id).isPresent() != named,
        model.id,
        named ? "the model has lanes and an id" : "the model has no id",
        named
            ? "Leave it out, and give the lanes their ids"
            : "Give the provider's model id or an inference profile");
    problems.require(
        !named || (values.get(model.region).isEmpty() && values.get(model.concurrency).isEmpty()),
        values.get(model.region).isPresent() ? model.region : model.concurrency,
        "the model has lanes, which have their own",
        "Give it to the lanes");
    problems.require(
        named || values.get(model.region).or(() -> defaultRegion).isPresent(),
        model.region,
        "the model has no region",
        "Give it one, or set bedrock.region for all");
  }

  private boolean isWeighted(ModelKeys model) {
    return values.get(model.lanes).stream().anyMatch(lane -> WEIGHTED.matcher(lane).matches());
  }

  private List<Route> namedRoutes(ModelKeys model) {
    List<Route> routes = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    boolean weighted = isWeighted(model);
    for (String text : values.get(model.lanes)) {
      Matcher parts = WEIGHTED.matcher(text);
      boolean hasWeight = parts.matches();
      String name = hasWeight ? parts.group(1) : text;
      int weight = hasWeight ? Integer.parseInt(parts.group(2)) : 1;
      Route lane = lanes.get(name);
      if (lane == null) {
        problems.add(
            model.lanes.name(),
            text,
            "there is no lane " + name,
            Nearest.to(name, lanes.keySet())
                .map(near -> "Did you mean " + near + "?")
                .orElse("Give it lanes." + name + ".id"));
      } else if (!seen.add(name)) {
        problems.add(model.lanes.name(), text, "the lane is there twice", "Name it once");
      } else if (weight == 0 || hasWeight != weighted) {
        problems.add(
            model.lanes.name(),
            text,
            "the lane has no weight, and others have",
            "Give each one of 1 or more, or none any: " + name + ":1");
      } else {
        routes.add(new Route(lane.lane(), weight, lane.terms()));
      }
    }
    return routes;
  }

  private Route ownRoute(ModelKeys model, Map<String, Integer> concurrency) {
    Lane lane = ownLane(model);
    int permits = concurrency.getOrDefault(lane.name(), CONCURRENCY);
    return Route.to(new Lane(lane.modelId(), lane.region(), permits));
  }

  private Lane ownLane(ModelKeys model) {
    return new Lane(
        values.get(model.id).orElse(""),
        values.get(model.region).or(() -> defaultRegion).orElse(""),
        CONCURRENCY);
  }

  /** A lane has one number of permits, whichever alias names it. */
  private void agree(
      ModelKeys model, Lane lane, Map<String, ModelKeys> owners, Map<String, Integer> concurrency) {
    lanes.forEach((name, route) ->
        problems.require(
            !route.lane().name().equals(lane.name()),
            model.id,
            "lanes." + name + " is the same model in the same region",
            "Say models." + model.alias + ".lanes = " + name + " instead"));
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
}
