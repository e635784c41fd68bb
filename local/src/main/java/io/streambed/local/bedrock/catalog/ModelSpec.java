/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.catalog;

/**
 * What the stand-in knows of a model.
 *
 * @param id the model's id, without a prefix of an inference profile
 * @param kind how it is asked
 * @param price what a token costs on the route that was asked for
 * @param contextTokens most tokens it reads
 * @param maxOutputTokens most tokens it writes; 0 for an embedding model
 * @param burndown tokens of quota that one written token takes
 * @param tools whether it can ask for tools
 * @param streamedTools whether it can also do so in a stream
 * @param images whether it reads images
 * @param sampling whether it takes temperature and top-p
 * @param profileOnly whether it is reached only through an inference profile
 */
public record ModelSpec(
    String id,
    ModelKind kind,
    Price price,
    int contextTokens,
    int maxOutputTokens,
    int burndown,
    boolean tools,
    boolean streamedTools,
    boolean images,
    boolean sampling,
    boolean profileOnly) {

  ModelSpec withPrice(Price newPrice) {
    return new ModelSpec(
        id,
        kind,
        newPrice,
        contextTokens,
        maxOutputTokens,
        burndown,
        tools,
        streamedTools,
        images,
        sampling,
        profileOnly);
  }
}
