/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.answer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The words of a prompt that an answer can take up. */
final class Keywords {
  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{Nd}'-]{3,30}");
  private static final int MOST = 12;
  private static final Set<String> EMPTY_WORDS =
      Set.of(
          "about",
          "above",
          "after",
          "again",
          "also",
          "answer",
          "because",
          "been",
          "before",
          "below",
          "between",
          "both",
          "could",
          "does",
          "each",
          "explain",
          "following",
          "from",
          "give",
          "have",
          "here",
          "into",
          "just",
          "list",
          "make",
          "many",
          "more",
          "most",
          "much",
          "must",
          "name",
          "only",
          "other",
          "over",
          "please",
          "question",
          "sentence",
          "sentences",
          "should",
          "some",
          "such",
          "tell",
          "than",
          "that",
          "their",
          "them",
          "then",
          "there",
          "these",
          "they",
          "this",
          "those",
          "under",
          "very",
          "what",
          "when",
          "where",
          "which",
          "while",
          "will",
          "with",
          "word",
          "words",
          "would",
          "write",
          "your");

  private Keywords() {}

  /** Distinct words in order of appearance; never empty. */
  static List<String> of(String prompt) {
    Set<String> seen = new LinkedHashSet<>();
    WORD.matcher(prompt)
        .results()
        .map(MatchResult::group)
        .filter(word -> !EMPTY_WORDS.contains(word.toLowerCase(Locale.ROOT)))
        .limit(MOST)
        .forEach(seen::add);
    return seen.isEmpty() ? List.of("the question") : new ArrayList<>(seen);
  }
}
