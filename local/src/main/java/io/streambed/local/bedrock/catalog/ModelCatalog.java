/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.streambed.local.bedrock.wire.Json;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The models of {@code models.json}, and what they cost. Safe to use from any thread. */
public final class ModelCatalog {
  private static final List<String> GEOGRAPHIES =
      List.of("us.", "eu.", "apac.", "au.", "jp.", "us-gov.");
  private static final String GLOBAL = "global.";

  private static final BigDecimal A_TENTH_MORE = new BigDecimal("1.1");

  /** Changed as a whole. */
  private volatile Map<String, ModelSpec> models;

  private final Map<String, Boolean> tenthMore = new LinkedHashMap<>();

  private ModelCatalog(JsonNode list) {
    Map<String, ModelSpec> listed = new LinkedHashMap<>();
    for (JsonNode entry : list) {
      ModelSpec model = ModelFile.model(entry);
      listed.put(model.id(), model);
      tenthMore.put(model.id(), entry.path("geographyCostsMore").asBoolean(false));
    }
    models = listed;
  }

  /** Reads the models that come with the stand-in. */
  public static ModelCatalog load() {
    return new ModelCatalog(Json.resource(ModelCatalog.class, "models.json"));
  }

  /** All models, on demand. */
  public Collection<ModelSpec> models() {
    return List.copyOf(models.values());
  }

  /**
   * From now on a model has these prices.
   *
   * @param id the model's id, without a prefix of an inference profile
   */
  public synchronized void price(String id, PriceList prices) {
    ModelSpec model = models.get(id);
    if (model == null) {
      throw new IllegalArgumentException("there is no model " + id);
    }
    Map<String, ModelSpec> priced = new LinkedHashMap<>(models);
    priced.put(id, model.withPrices(prices));
    models = priced;
  }

  /** What a decoded model id, profile id or ARN means. */
  public ModelLookup find(String idOrArn) {
    String id =
        idOrArn.startsWith("arn:") ? idOrArn.substring(idOrArn.lastIndexOf('/') + 1) : idOrArn;
    for (String geography : GEOGRAPHIES) {
      if (id.startsWith(geography)) {
        return byProfile(id.substring(geography.length()), true);
      }
    }
    if (id.startsWith(GLOBAL)) {
      return byProfile(id.substring(GLOBAL.length()), false);
    }
    ModelSpec model = models.get(id);
    if (model == null) {
      return new ModelLookup.Unknown();
    }
    return model.profileOnly()
        ? new ModelLookup.NeedsProfile(idOrArn)
        : new ModelLookup.Found(model);
  }

  private ModelLookup byProfile(String id, boolean geography) {
    ModelSpec model = models.get(id);
    if (model == null) {
      return new ModelLookup.Unknown();
    }
    boolean more = geography && tenthMore.getOrDefault(id, false);
    return new ModelLookup.Found(
        more ? model.withPrices(model.prices().times(A_TENTH_MORE)) : model);
  }
}
