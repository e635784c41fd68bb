/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.Operation;
import java.util.List;

/**
 * A model as requests name it.
 *
 * @param alias the name in requests
 * @param operation what it is for: PROMPT or EMBEDDING
 * @param routes where its calls go; the first is that of the model it stands for; never empty
 * @param spread how a request's first lane is chosen
 * @param answerVersion changes when old answers shall not serve any more; part of every fingerprint
 * @param maxTokens most tokens in an answer where the request does not say
 * @param reuseStandIns whether the answer of another model than the first may serve later requests
 * @param cachePoints where points of the model's prompt cache are set
 */
public record ModelAlias(
    String alias,
    Operation operation,
    List<Route> routes,
    Spread spread,
    String answerVersion,
    int maxTokens,
    boolean reuseStandIns,
    CachePoints cachePoints) {

  /** How requests are spread over the lanes of an alias. */
  public enum Spread {
    /** The first lane that can take it. */
    IN_ORDER,
    /** By weight and fingerprint, so that equal requests go to one lane. */
    BY_WEIGHT
  }

  public ModelAlias {
    routes = List.copyOf(routes);
    if (routes.isEmpty()) {
      throw new IllegalArgumentException("an alias has at least one lane");
    }
  }

  /** An alias of one lane. */
  public static ModelAlias of(
      String alias, Operation operation, Lane lane, String answerVersion, int maxTokens) {
    return new ModelAlias(
        alias,
        operation,
        List.of(Route.to(lane)),
        Spread.IN_ORDER,
        answerVersion,
        maxTokens,
        false,
        CachePoints.NONE);
  }

  /** The lane of the model that the alias stands for. */
  public Lane lane() {
    return routes.getFirst().lane();
  }

  /** All its lanes, in the order of configuration. */
  public List<Lane> lanes() {
    return routes.stream().map(Route::lane).toList();
  }

  /** Whether some lane takes such a request. */
  public boolean takes(Needs needs) {
    return routes.stream().anyMatch(route -> route.terms().take(needs));
  }

  /** Whether a model id is of another model than the one that the alias stands for. */
  public boolean isStandIn(String modelId) {
    return !ProfiledModel.of(modelId).modelId().equals(lane().bareModelId());
  }
}
