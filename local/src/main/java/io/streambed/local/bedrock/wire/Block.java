/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One content block of a model's message. */
public sealed interface Block {

  /** Plain text. */
  record Text(String text) implements Block {}

  /**
   * The model asks for a tool.
   *
   * @param id names this use, for the result that is to follow
   * @param name the tool
   * @param input arguments after the tool's schema
   */
  record ToolUse(String id, String name, ObjectNode input) implements Block {}
}
