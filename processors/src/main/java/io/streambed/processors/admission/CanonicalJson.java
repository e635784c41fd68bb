/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON texts as {@link FingerprintHasher} digests them. Safe for use by many threads.
 *
 * <p>The reader is strict: one value and nothing behind it, no name twice in an object (which of
 * the two a model would see is anybody's guess), no half of a surrogate pair (it has no UTF-8 form,
 * so different texts would digest alike).
 */
final class CanonicalJson {

  private final ObjectReader reader =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .reader();

  /**
   * @param field path of the field that holds the text
   * @throws NotJsonException if it is no JSON value
   */
  void digest(String text, String field, CanonicalDigest digest) throws NotJsonException {
    JsonNode node;
    try {
      node = reader.readTree(text);
    } catch (JsonProcessingException | ArithmeticException | NumberFormatException e) {
      // Without its cause, which can quote the text.
      throw new NotJsonException(field);
    }
    digest(node, field, digest);
  }

  private void digest(JsonNode node, String field, CanonicalDigest digest) throws NotJsonException {
    switch (node.getNodeType()) {
      case OBJECT -> {
        digest.tag('M');
        Map<String, JsonNode> sorted = new TreeMap<>();
        node.properties().forEach(e -> sorted.put(e.getKey(), e.getValue()));
        for (Map.Entry<String, JsonNode> entry : sorted.entrySet()) {
          digest.text('K', whole(entry.getKey(), field));
          digest(entry.getValue(), field, digest);
        }
        digest.tag('E');
      }
      case ARRAY -> {
        digest.tag('A');
        for (JsonNode element : node) {
          digest(element, field, digest);
        }
        digest.tag('E');
      }
      case STRING -> digest.text('S', whole(node.textValue(), field));
      case NUMBER -> digest.text('#', normal(node.decimalValue()));
      case BOOLEAN -> digest.tag(node.booleanValue() ? 'T' : 'F');
      case NULL -> digest.tag('0');
      case MISSING, BINARY, POJO -> throw new NotJsonException(field);
    }
  }

  /** The digits without zeros at the end, {@code e}, the power of ten; zero is {@code 0e0}. */
  private static String normal(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.signum() == 0
        ? "0e0"
        : stripped.unscaledValue() + "e" + -(long) stripped.scale();
  }

  private static String whole(String text, String field) throws NotJsonException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
        if (!pair) {
          throw new NotJsonException(field);
        }
        i++;
      }
    }
    return text;
  }
}
