/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.answer;

/**
 * Cuts text into pieces of about the size that the models' tokenizers have: a short word or a
 * syllable of a long one, up to three digits, a sign. An estimate; no model counts exactly so.
 */
final class Tokens {
  private static final int FIRST_LETTERS = 7;
  private static final int MORE_LETTERS = 5;
  private static final int DIGITS = 3;

  private Tokens() {}

  /** How many tokens the text has. */
  static int count(String text) {
    int tokens = 0;
    for (int at = 0; at < text.length(); at = nextEnd(text, at)) {
      tokens++;
    }
    return tokens;
  }

  /** The text up to that many tokens. */
  static String first(String text, long tokens) {
    int at = 0;
    for (long n = 0; n < tokens && at < text.length(); n++) {
      at = nextEnd(text, at);
    }
    return text.substring(0, at);
  }

  /** End of the token that begins here; white space belongs to what follows it. */
  static int nextEnd(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return at;
    }
    boolean insideWord = at == from && from > 0 && isLetter(text.charAt(from - 1));
    int start = at;
    if (isLetter(text.charAt(at))) {
      int most = insideWord ? MORE_LETTERS : FIRST_LETTERS;
      while (at < text.length() && at - start < most && isLetter(text.charAt(at))) {
        at++;
      }
      return at;
    }
    while (at < text.length() && at - start < DIGITS && Character.isDigit(text.charAt(at))) {
      at++;
    }
    return at > start ? at : at + Character.charCount(text.codePointAt(at));
  }

  /** A letter of a script that writes words; ideographs are a token each. */
  private static boolean isLetter(char c) {
    return Character.isLetter(c) && !Character.isIdeographic(c);
  }
}
