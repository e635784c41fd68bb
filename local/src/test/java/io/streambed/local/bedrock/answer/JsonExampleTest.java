/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streambed.local.bedrock.wire.Json;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonExampleTest {
  @Test
  void aValueHasTheTypesOfItsSchema() {
    // When
    JsonNode value =
        example(
            """
            {"type":"object","properties":{
              "text":{"type":"string","maxLength":3}, "kind":{"enum":["x"]},
              "count":{"type":"integer","minimum":500}, "ratio":{"type":"number","maximum":0.5},
              "yes":{"type":"boolean"}, "none":{"type":"null"},
              "list":{"type":"array","minItems":2,"items":{"type":"string"}},
              "either":{"anyOf":[{"type":"integer"},{"type":"string"}]},
              "shared":{"$ref":"#/$defs/tag"}},
             "$defs":{"tag":{"const":"fixed"}}}
            """);

    // Then
    assertThat(value.get("text").asText()).hasSizeLessThanOrEqualTo(3);
    assertThat(value.get("kind").asText()).isEqualTo("x");
    assertThat(value.get("count").asInt()).isEqualTo(500);
    assertThat(value.get("ratio").asDouble()).isLessThanOrEqualTo(0.5);
    assertThat(value.get("yes").isBoolean()).isTrue();
    assertThat(value.get("none").isNull()).isTrue();
    assertThat(value.get("list")).hasSize(2);
    assertThat(value.get("either").isIntegralNumber()).isTrue();
    assertThat(value.get("shared").asText()).isEqualTo("fixed");
  }

  @Test
  void aSchemaThatRefersToItselfEnds() {
    // When
    JsonNode value =
        example(
            """
            {"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{
              "name":{"type":"string"},
              "children":{"type":"array","items":{"$ref":"#/$defs/node"}}}}}}
            """);

    // Then
    assertThat(value.get("children").get(0).get("name").isTextual()).isTrue();
  }

  private static JsonNode example(String schema) {
    return new JsonExample(
            Json.parse(schema.getBytes(UTF_8)).orElseThrow(),
            List.of("river", "delta"),
            new SplittableRandom(1))
        .value();
  }
}
