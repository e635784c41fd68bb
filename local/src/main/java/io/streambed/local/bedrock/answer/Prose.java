/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.answer;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes plain sentences about the words of a prompt. */
final class Prose {
  private static final Pattern WANTED_WORDS = Pattern.compile("\\b(\\d{1,5})[ -]words?\\b");
  private static final Pattern BRIEF =
      Pattern.compile("(?i)\\b(one|a single|1) (short )?sentence\\b|\\bbriefly\\b|\\bin brief\\b");

  private static final List<String> OPENERS =
      List.of(
          "In short, %1$s comes down to a few points.",
          "The main thing to know about %1$s is how it relates to %2$s.",
          "It helps to look at %1$s first and at %2$s after it.",
          "There are two sides to %1$s, and %2$s is one of them.",
          "A good way to think of %1$s is to start from %2$s.");

  private static final List<String> SENTENCES =
      List.of(
          "First, %1$s sets the limits within which %2$s has to work.",
          "In practice, %1$s matters most when %2$s changes quickly.",
          "People often confuse %1$s with %2$s, although they answer different needs.",
          "Where %1$s is uncertain, it is safer to measure %2$s than to assume it.",
          "The cost of %1$s is usually paid later, when %2$s has grown.",
          "A small change in %1$s can be enough to improve %2$s.",
          "Most problems with %1$s show up early if %2$s is watched.",
          "This is why %1$s and %2$s are best decided together.",
          "Without %1$s, %2$s would be harder to explain and harder to keep.",
          "Experience shows that %1$s works well as long as %2$s stays simple.");

  private Prose() {}

  /** As many sentences as the prompt asks for, or two to five. */
  static String about(String prompt, RandomGenerator random) {
    List<String> words = Keywords.of(prompt);
    StringBuilder text = new StringBuilder(fill(OPENERS, words, random));
    if (BRIEF.matcher(prompt).find()) {
      return text.toString();
    }
    int wanted = wantedWords(prompt);
    int sentences = 1 + random.nextInt(4);
    for (int n = 0; wanted > 0 ? wordCount(text) < wanted : n < sentences; n++) {
      text.append(n % 4 == 3 ? "\n\n" : " ").append(fill(SENTENCES, words, random));
    }
    return text.toString();
  }

  private static String fill(List<String> patterns, List<String> words, RandomGenerator random) {
    int first = random.nextInt(words.size());
    int second = (first + 1 + random.nextInt(Math.max(1, words.size() - 1))) % words.size();
    String pattern = patterns.get(random.nextInt(patterns.size()));
    String other = words.size() == 1 ? "its purpose" : words.get(second);
    return capitalised(pattern.formatted(words.get(first), other));
  }

  private static String capitalised(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }

  private static int wantedWords(String prompt) {
    Matcher matcher = WANTED_WORDS.matcher(prompt);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static int wordCount(CharSequence text) {
    int words = 1;
    for (int i = 0; i < text.length(); i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        words++;
      }
    }
    return words;
  }
}
