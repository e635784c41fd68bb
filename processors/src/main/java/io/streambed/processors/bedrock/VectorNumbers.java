/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import io.streambed.processors.model.Vector;
import io.streambed.schemas.VectorEncoding;
import java.util.ArrayList;
import java.util.List;

/** JSON arrays of numbers as vectors. */
final class VectorNumbers {

  private VectorNumbers() {}

  /** A vector in an encoding; bits come eight a number, the first in the highest place. */
  static Vector of(VectorEncoding encoding, JsonNode numbers) throws UnreadableAnswerException {
    return switch (encoding) {
      case FLOAT -> floats(numbers);
      case INT8, UINT8 -> {
        byte[] bytes = bytes(numbers);
        yield new Vector.Packed(encoding, bytes, bytes.length);
      }
      case BINARY, UBINARY -> {
        byte[] bytes = bytes(numbers);
        yield new Vector.Packed(encoding, bytes, bytes.length * Byte.SIZE);
      }
      case UNKNOWN -> throw new UnreadableAnswerException("its encoding is not known");
    };
  }

  static Vector floats(JsonNode numbers) throws UnreadableAnswerException {
    requireNumbers(numbers);
    List<Float> values = new ArrayList<>(numbers.size());
    for (JsonNode number : numbers) {
      if (!number.isNumber()) {
        throw notANumber();
      }
      values.add(number.floatValue());
    }
    return new Vector.Floats(values);
  }

  /** Bits given one a number (0 or 1) or eight a number; either way they are packed. */
  static Vector bits(JsonNode numbers, int dimensions) throws UnreadableAnswerException {
    requireNumbers(numbers);
    if (numbers.size() != dimensions) {
      return of(VectorEncoding.BINARY, numbers);
    }
    byte[] packed = new byte[(dimensions + Byte.SIZE - 1) / Byte.SIZE];
    for (int i = 0; i < dimensions; i++) {
      JsonNode bit = numbers.get(i);
      if (!bit.canConvertToInt() || bit.intValue() < 0 || bit.intValue() > 1) {
        throw new UnreadableAnswerException("a bit of its vector is neither 0 nor 1");
      }
      packed[i / Byte.SIZE] |= (byte) (bit.intValue() << (Byte.SIZE - 1 - i % Byte.SIZE));
    }
    return new Vector.Packed(VectorEncoding.BINARY, packed, dimensions);
  }

  private static byte[] bytes(JsonNode numbers) throws UnreadableAnswerException {
    requireNumbers(numbers);
    byte[] bytes = new byte[numbers.size()];
    for (int i = 0; i < bytes.length; i++) {
      JsonNode number = numbers.get(i);
      if (!number.canConvertToInt() || number.intValue() < -128 || number.intValue() > 255) {
        throw notANumber();
      }
      bytes[i] = (byte) number.intValue();
    }
    return bytes;
  }

  private static void requireNumbers(JsonNode numbers) throws UnreadableAnswerException {
    if (!numbers.isArray() || numbers.isEmpty()) {
      throw new UnreadableAnswerException("it has no vector of the encoding asked for");
    }
  }

  private static UnreadableAnswerException notANumber() {
    return new UnreadableAnswerException("its vector holds something else than numbers");
  }
}
