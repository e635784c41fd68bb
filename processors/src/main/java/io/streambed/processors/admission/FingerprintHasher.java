/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.processors.job.Fingerprint;
import io.streambed.processors.model.ModelAlias;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.InferenceParameters;
import io.streambed.schemas.PromptRequest;
import java.util.Arrays;

/**
 * Computes fingerprints. They are stored and compared with later ones, so what follows is a stored
 * format: a change of it makes every answer kept under an earlier one unreachable, and must raise
 * {@link #FORMAT}.
 *
 * <p>A fingerprint is the SHA-256 of: <code>V</code> format, <code>N</code> operation, <code>S
 * </code> tenant, <code>S</code> alias, <code>S</code> the alias' answer version, then the request
 * as a record. Texts are coded as their length in UTF-8 bytes (4 bytes, highest first) and those
 * bytes. A value is a tag, one ASCII character, and what follows from it:
 *
 * <table>
 * <caption>Values</caption>
 * <tr><th>tag</th><th>value</th></tr>
 * <tr><td>R</td><td>record: for each field that counts, by name in UTF-16 order, K and the name,
 *   then the value; E at the end</td></tr>
 * <tr><td>A</td><td>array: the elements; E at the end</td></tr>
 * <tr><td>M</td><td>map or JSON object: for each entry, by key in UTF-16 order, K and the key, then
 *   the value; E at the end</td></tr>
 * <tr><td>S, N</td><td>text, symbol of an enum: as a text</td></tr>
 * <tr><td>B</td><td>bytes: their SHA-256</td></tr>
 * <tr><td>I, D</td><td>int and long in 8 bytes, highest first; float and double as the IEEE 754
 *   bits of the double, minus zero as zero</td></tr>
 * <tr><td>T, F</td><td>true, false</td></tr>
 * <tr><td>J</td><td>a text that is JSON: the JSON value, whose strings are S, arrays A, objects M,
 *   booleans T and F, null 0, and numbers # and a text: the decimal digits without zeros at the
 *   end, e, the power of ten</td></tr>
 * </table>
 *
 * <p>Left out are: a field whose schema says {@code "fingerprint": "excluded"}; a value that is
 * absent; an empty array or map; and a record, or an element of an array, in which nothing is left.
 * So a new field that is absent, or empty, changes no fingerprint, and a block that is a cache
 * point counts for nothing. Inside JSON nothing is left out. In a prompt, {@code
 * inference.maxTokens} is the alias' default where the request does not say. The lane never counts.
 *
 * <p>Safe for use by many threads.
 */
final class FingerprintHasher {

  /** Number of the format. */
  static final int FORMAT = 1;

  /** Bytes of a batch group. */
  static final int GROUP_LENGTH = 16;

  private static final int INFERENCE = PromptRequest.getClassSchema().getField("inference").pos();
  private static final int MAX_TOKENS =
      InferenceParameters.getClassSchema().getField("maxTokens").pos();

  private final CanonicalRecord prompts = new CanonicalRecord(PromptRequest.getClassSchema());
  private final CanonicalRecord texts = new CanonicalRecord(EmbeddingRequest.getClassSchema());

  /** The fingerprint of a prompt. */
  Fingerprint prompt(PromptRequest prompt, ModelAlias alias) throws NotJsonException {
    CanonicalDigest digest = begin(prompt.getTenant(), alias);
    prompts.digest(withMaxTokens(prompt, alias.maxTokens()), digest);
    return Fingerprint.of(digest.finish());
  }

  /** The fingerprint of a text to embed. */
  Fingerprint embedding(EmbeddingRequest text, ModelAlias alias) throws NotJsonException {
    CanonicalDigest digest = begin(text.getTenant(), alias);
    texts.digest(text, digest);
    return Fingerprint.of(digest.finish());
  }

  /**
   * Equal for texts that one call may embed: as a fingerprint, without the text, cut to 16 bytes.
   */
  byte[] batchGroup(EmbeddingRequest text, ModelAlias alias) throws NotJsonException {
    CanonicalDigest digest = begin(text.getTenant(), alias);
    texts.digestWithout("text", text, digest);
    return Arrays.copyOf(digest.finish(), GROUP_LENGTH);
  }

  private static CanonicalDigest begin(String tenant, ModelAlias alias) {
    return new CanonicalDigest()
        .number('V', FORMAT)
        .text('N', alias.operation().name())
        .text('S', tenant)
        .text('S', alias.alias())
        .text('S', alias.answerVersion());
  }

  /** A copy that shares everything but the inference parameters. */
  private static PromptRequest withMaxTokens(PromptRequest prompt, int maxTokens) {
    InferenceParameters given =
        prompt.getInference().orElseGet(() -> InferenceParameters.newBuilder().build());
    if (given.getMaxTokens().isPresent()) {
      return prompt;
    }
    InferenceParameters filled = new InferenceParameters();
    given.getSchema().getFields().forEach(f -> filled.put(f.pos(), given.get(f.pos())));
    filled.put(MAX_TOKENS, maxTokens);
    PromptRequest copy = new PromptRequest();
    prompt.getSchema().getFields().forEach(f -> copy.put(f.pos(), prompt.get(f.pos())));
    copy.put(INFERENCE, filled);
    return copy;
  }
}
