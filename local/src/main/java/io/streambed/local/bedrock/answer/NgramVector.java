/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A vector of length one that is made of the words of a text, the pairs of words and the letters in
 * a row. Texts that share many of them point in nearly the same direction.
 */
final class NgramVector {
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{Nd}]+");
  private static final double WORD = 1.0;
  private static final double PAIR = 0.5;
  private static final double LETTERS = 0.35;
  private static final int LETTERS_IN_A_ROW = 3;

  private final double[] sums;
  private final long salt;

  private NgramVector(String model, int dimensions) {
    this.sums = new double[dimensions];
    this.salt = hash(model, 0xcbf29ce484222325L);
  }

  /** The vector of a text that is not blank. */
  static float[] of(String model, String text, int dimensions) {
    NgramVector vector = new NgramVector(model, dimensions);
    String previous = "";
    for (String word : NO_WORD.split(text.toLowerCase(Locale.ROOT), -1)) {
      if (!word.isEmpty()) {
        vector.add(word, WORD);
        vector.add(previous + " " + word, PAIR);
        vector.addLetters(word);
        previous = word;
      }
    }
    if (previous.isEmpty()) {
      vector.add(text, WORD);
    }
    return vector.normalised();
  }

  private void addLetters(String word) {
    String framed = "^" + word + "$";
    for (int at = 0; at + LETTERS_IN_A_ROW <= framed.length(); at++) {
      add("#" + framed.substring(at, at + LETTERS_IN_A_ROW), LETTERS);
    }
  }

  /** Spreads a feature over three places, so that two features seldom look alike. */
  private void add(String feature, double weight) {
    long bits = mix(hash(feature, salt));
    for (int n = 0; n < 3; n++) {
      int at = (int) Long.remainderUnsigned(bits, sums.length);
      sums[at] += (bits < 0 ? -weight : weight);
      bits = mix(bits + 0x9e3779b97f4a7c15L);
    }
  }

  private float[] normalised() {
    double squares = 0;
    for (double sum : sums) {
      squares += sum * sum;
    }
    double length = squares == 0 ? 1 : Math.sqrt(squares);
    float[] vector = new float[sums.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (sums[i] / length);
    }
    return vector;
  }

  /** FNV-1a. */
  private static long hash(String text, long start) {
    long hash = start;
    for (byte b : text.getBytes(UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
