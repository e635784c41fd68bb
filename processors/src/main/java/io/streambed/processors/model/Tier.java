/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A class of service of the provider, with a price and a priority of its own; {@link #DEFAULT} is
 * what it gives where none is named.
 */
public enum Tier {
  DEFAULT,
  PRIORITY,
  FLEX,
  RESERVED;

  /** The provider's word. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The tier of a word of the provider's. */
  static Optional<Tier> ofWord(String word) {
    return Arrays.stream(values()).filter(tier -> tier.word().equals(word)).findFirst();
  }
}
