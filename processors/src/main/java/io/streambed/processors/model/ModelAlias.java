/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.Operation;

/**
 * A model as requests name it.
 *
 * @param alias the name in requests
 * @param operation what it is for: PROMPT or EMBEDDING
 * @param lane where its calls go
 * @param answerVersion changes when old answers shall not serve any more; part of every fingerprint
 * @param maxTokens most tokens in an answer where the request does not say
 */
public record ModelAlias(
    String alias, Operation operation, Lane lane, String answerVersion, int maxTokens) {}
