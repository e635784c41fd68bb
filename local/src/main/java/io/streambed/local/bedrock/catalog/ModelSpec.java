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
 * @param prices what it costs on the route that was asked for
 * @param contextTokens most tokens it reads
 * @param longContextTokens most tokens it reads where the request asks for a long context
 * @param maxOutputTokens most tokens it writes; 0 for an embedding model
 * @param burndown tokens of quota that one written token takes
 * @param tools whether it can ask for tools
 * @param streamedTools whether it can also do so in a stream
 * @param images whether it reads images
 * @param sampling whether it takes temperature and top-p
 * @param profileOnly whether it is reached only through an inference profile
 * @param caching what its prompt cache can do
 */
public record ModelSpec(
    String id,
    ModelKind kind,
    PriceList prices,
    int contextTokens,
    int longContextTokens,
    int maxOutputTokens,
    int burndown,
    boolean tools,
    boolean streamedTools,
    boolean images,
    boolean sampling,
    boolean profileOnly,
    PromptCaching caching) {

  ModelSpec withPrices(PriceList newPrices) {
    return new ModelSpec(
        id,
        kind,
        newPrices,
        contextTokens,
        longContextTokens,
        maxOutputTokens,
        burndown,
        tools,
        streamedTools,
        images,
        sampling,
        profileOnly,
        caching);
  }
}
