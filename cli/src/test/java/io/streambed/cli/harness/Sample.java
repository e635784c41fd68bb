/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.harness;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.cli.request.BadFieldException;
import io.streambed.cli.request.Request;
import io.streambed.cli.request.RequestDefaults;
import io.streambed.cli.request.RequestParser;
import java.time.Instant;

/** Requests for tests. */
public final class Sample {
  private Sample() {}

  /** A prompt for the model {@code default}. */
  public static Request prompt(String id, String text) {
    return of(JsonNodeFactory.instance.objectNode().put("id", id).put("prompt", text));
  }

  /** A text for the model {@code cohere-embed}. */
  public static Request text(String id, String text) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    return of(line.put("id", id).put("text", text).put("model", "cohere-embed"));
  }

  /** A request as a line of a file says it. */
  public static Request line(String json) {
    try {
      return parser().parse(json);
    } catch (BadFieldException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private static Request of(ObjectNode line) {
    try {
      return parser().request(line);
    } catch (BadFieldException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private static RequestParser parser() {
    return new RequestParser(Instant.now(), RequestDefaults.models());
  }
}
