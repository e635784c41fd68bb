/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What a line gets where it does not say it itself.
 *
 * @param fields by name; a field that the line's kind does not have is left out
 * @param promptModel alias for a prompt
 * @param textModel alias for a text
 */
public record RequestDefaults(Map<String, JsonNode> fields, String promptModel, String textModel) {
  /** The alias of the packaged profile for prompts. */
  public static final String PROMPT_MODEL = "default";

  /** The alias of the packaged profile for texts. */
  public static final String TEXT_MODEL = "titan-embed";

  public RequestDefaults {
    fields = Map.copyOf(fields);
  }

  /** Nothing but the models. */
  public static RequestDefaults models() {
    return new RequestDefaults(Map.of(), PROMPT_MODEL, TEXT_MODEL);
  }
}
