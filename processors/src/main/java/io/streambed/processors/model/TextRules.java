/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.EmbeddingPurpose;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.Truncation;

/** Rules for a text to embed, by the family of the model. */
final class TextRules {

  // "Amazon Titan Text Embeddings V2": 8,192 tokens or 50,000 characters.
  private static final int LONGEST_FOR_TITAN_V2 = 50_000;

  private TextRules() {}

  static void check(EmbeddingRequest text, EmbeddingFamily family, Findings findings) {
    findings.require(!text.getText().isBlank(), "text", "is blank; give a text to embed");
    findings.require(
        family != EmbeddingFamily.TITAN_V2 || text.getText().length() <= LONGEST_FOR_TITAN_V2,
        "text",
        "is longer than the model's 50,000 characters; split it");
    findings.require(
        text.getDimensions().filter(it -> !family.dimensions().contains(it)).isEmpty(),
        "dimensions",
        "is not offered by the model; use one of " + family.dimensions());
    findings.require(
        family.encodings().contains(text.getEncoding()),
        "encoding",
        "is not offered by the model; use one of " + family.encodings().stream().sorted().toList());
    findings.require(
        text.getNormalize().isEmpty() || family.takesNormalize(),
        "normalize",
        "is not a parameter of the model; leave it out");
    findings.require(
        text.getPurpose().filter(it -> it == EmbeddingPurpose.UNKNOWN).isEmpty(),
        "purpose",
        "must be DOCUMENT, QUERY, CLASSIFICATION or CLUSTERING, or left out");
    text.getTruncation().ifPresent(it -> truncation(it, family, findings));
  }

  private static void truncation(Truncation truncation, EmbeddingFamily family, Findings findings) {
    findings.require(
        truncation != Truncation.UNKNOWN, "truncation", "must be NONE, START or END, or left out");
    // A model that takes no truncation refuses what is too long, as NONE asks.
    findings.require(
        truncation == Truncation.NONE || family.takesTruncation(),
        "truncation",
        "is not a parameter of the model; leave it out and shorten the text");
  }
}
