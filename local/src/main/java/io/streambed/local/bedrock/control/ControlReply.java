/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.streambed.local.bedrock.wire.Json;

/**
 * What the caller of the control API gets.
 *
 * @param status HTTP status
 * @param body the body
 */
public record ControlReply(int status, JsonNode body) {
  private static final int OK = 200;

  static ControlReply ok(JsonNode body) {
    return new ControlReply(OK, body);
  }

  static ControlReply error(int status, String message) {
    return new ControlReply(status, Json.object().put("message", message));
  }
}
