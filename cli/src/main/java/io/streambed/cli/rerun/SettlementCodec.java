/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import io.streambed.cli.cluster.ValueReader;
import io.streambed.cli.settlement.Settlement;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.EmbeddingResult;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.registry.SchemaRegistryClient;

/** Reads results of one kind, and dead letters. */
final class SettlementCodec {

  private final boolean texts;
  private final ValueReader<PromptResult> prompts;
  private final ValueReader<EmbeddingResult> embeddings;
  private final ValueReader<DeadLetter> deadLetters;

  /**
   * @param texts whether results are those of texts
   */
  SettlementCodec(SchemaRegistryClient registry, boolean texts) {
    this.texts = texts;
    this.prompts = new ValueReader<>(registry, PromptResult.class);
    this.embeddings = new ValueReader<>(registry, EmbeddingResult.class);
    this.deadLetters = new ValueReader<>(registry, DeadLetter.class);
  }

  Settlement result(byte[] value) {
    return texts
        ? new Settlement.Embedded(embeddings.read(value))
        : new Settlement.Answered(prompts.read(value));
  }

  DeadLetter deadLetter(byte[] value) {
    return deadLetters.read(value);
  }
}
