/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.answer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.streambed.local.bedrock.wire.Json;
import java.util.Optional;

/** How the numbers of a vector are written. */
enum NumberFormat {
  FLOAT,
  INT8,
  UINT8,
  BINARY,
  UBINARY;

  private static final int BITS = 8;

  static Optional<NumberFormat> named(String name) {
    for (NumberFormat format : values()) {
      if (format.wireName().equals(name)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  String wireName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The vector as numbers of this format, as Cohere writes them. */
  ArrayNode write(float[] vector) {
    ArrayNode numbers = Json.object().arrayNode();
    switch (this) {
      case FLOAT -> {
        for (float value : vector) {
          numbers.add(value);
        }
      }
      case INT8 -> {
        for (float value : vector) {
          numbers.add(Math.round(value * Byte.MAX_VALUE));
        }
      }
      case UINT8 -> {
        for (float value : vector) {
          numbers.add(Math.round(value * Byte.MAX_VALUE) + Byte.MAX_VALUE + 1);
        }
      }
      case BINARY -> addBits(vector, numbers, Byte.MAX_VALUE + 1);
      case UBINARY -> addBits(vector, numbers, 0);
    }
    return numbers;
  }

  /** The sign of each value as a number of its own, as Titan writes them. */
  static ArrayNode signs(float[] vector) {
    ArrayNode numbers = Json.object().arrayNode();
    for (float value : vector) {
      numbers.add(value > 0 ? 1 : 0);
    }
    return numbers;
  }

  private static void addBits(float[] vector, ArrayNode numbers, int offset) {
    for (int at = 0; at + BITS <= vector.length; at += BITS) {
      int bits = 0;
      for (int bit = 0; bit < BITS; bit++) {
        bits = bits << 1 | (vector[at + bit] > 0 ? 1 : 0);
      }
      numbers.add(bits - offset);
    }
  }
}
