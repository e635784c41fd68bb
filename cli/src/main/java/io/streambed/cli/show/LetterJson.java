/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.schemas.DeadLetter;
import java.util.List;

/** A dead letter as JSON. */
public final class LetterJson {
  private static final List<String> PAYLOAD = List.of("originalValue", "originalKey");

  private LetterJson() {}

  /**
   * Writes one.
   *
   * @param payload whether the original record is shown: value, key and headers' values
   */
  public static ObjectNode of(DeadLetter value, boolean payload) {
    ObjectNode letter = AvroJson.of(value);
    if (!payload) {
      letter.remove(PAYLOAD);
      for (JsonNode header : letter.path("originalHeaders")) {
        ((ObjectNode) header).remove("value");
      }
    }
    return letter;
  }
}
