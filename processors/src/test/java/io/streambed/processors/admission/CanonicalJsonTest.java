/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final CanonicalJson json = new CanonicalJson();

  @Test
  void theOrderOfNamesTheFormOfNumbersAndBlanksDoNotMatter() throws Exception {
    for (int seed = 0; seed < 300; seed++) {
      // Given
      Random random = new Random(seed);
      JsonNode value = value(random, 3);

      // When
      String one = written(value, random);
      String other = written(value, random);

      // Then
      assertThat(of(other)).as("seed %s: %s and %s", seed, one, other).isEqualTo(of(one));
    }
  }

  @Test
  void anyChangeOfAValueMatters() throws Exception {
    for (int seed = 0; seed < 300; seed++) {
      // Given
      Random random = new Random(seed);
      ObjectNode value = NODES.objectNode().set("v", value(random, 3));

      // When
      ObjectNode changed = value.deepCopy();
      change(changed, random);

      // Then
      assertThat(of(written(changed, random)))
          .as("seed %s: %s and %s", seed, value, changed)
          .isNotEqualTo(of(written(value, random)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{} {}",
        "nul",
        "{\"a\":1,\"a\":2}",
        "NaN",
        "'a'",
        "01",
        "\"\\udc00\""
      })
  void whatIsNoJsonIsRefusedWithoutBeingQuoted(String text) {
    assertThatThrownBy(() -> of(text))
        .isInstanceOf(NotJsonException.class)
        .hasMessage("tool.input holds no JSON value")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999999", "[1e-2147483649]"})
  void aNumberThatNoMachineHoldsIsRefused(String text) {
    assertThatThrownBy(() -> of(text)).isInstanceOf(NotJsonException.class);
  }

  @Test
  void aHugeExponentCostsNothing() throws Exception {
    assertThat(of("1e1000000000")).isEqualTo(of("10e999999999"));
  }

  private String of(String text) throws NotJsonException {
    CanonicalDigest digest = new CanonicalDigest();
    json.digest(text, "tool.input", digest);
    return HexFormat.of().formatHex(digest.finish());
  }

  private static JsonNode value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0 -> NODES.textNode("t" + random.nextInt(50));
      case 1 ->
          NODES.numberNode(BigDecimal.valueOf(random.nextInt(2000) - 1000, random.nextInt(4)));
      case 2 -> NODES.booleanNode(random.nextBoolean());
      case 3 -> NODES.nullNode();
      case 4 -> {
        ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(value(random, depth - 1));
        }
        yield array;
      }
      default -> {
        ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.set("n" + random.nextInt(20), value(random, depth - 1));
        }
        yield object;
      }
    };
  }

  /** Adds a name somewhere, or an element, or puts another value in the place of one. */
  private static void change(ObjectNode object, Random random) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    JsonNode child = names.isEmpty() ? NODES.nullNode() : object.get(names.getFirst());
    if (child instanceof ArrayNode array) {
      array.insert(random.nextInt(array.size() + 1), "new");
    } else if (child instanceof ObjectNode inner && random.nextBoolean()) {
      change(inner, random);
    } else if (names.isEmpty() || random.nextBoolean()) {
      object.put("new", 1);
    } else {
      object.put(names.getFirst(), "changed");
    }
  }

  private static String written(JsonNode node, Random random) throws JsonProcessingException {
    String blank = " \n\t".repeat(random.nextInt(2));
    if (node instanceof ObjectNode object) {
      List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(object.properties());
      Collections.shuffle(entries, random);
      List<String> parts = new ArrayList<>();
      for (Map.Entry<String, JsonNode> entry : entries) {
        parts.add("\"" + entry.getKey() + "\":" + blank + written(entry.getValue(), random));
      }
      return "{" + blank + String.join(",", parts) + "}" + blank;
    }
    if (node instanceof ArrayNode array) {
      List<String> parts = new ArrayList<>();
      for (JsonNode element : array) {
        parts.add(written(element, random));
      }
      return "[" + String.join(blank + ",", parts) + "]";
    }
    if (node.isNumber()) {
      BigDecimal number = node.decimalValue();
      return switch (random.nextInt(3)) {
        case 0 -> number.setScale(number.scale() + 2).toPlainString();
        case 1 -> number.movePointRight(3).toPlainString() + "e-3";
        default -> number.toPlainString();
      };
    }
    return new ObjectMapper().writeValueAsString(node);
  }
}
