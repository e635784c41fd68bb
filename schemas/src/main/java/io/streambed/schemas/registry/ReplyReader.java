/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Sorts HTTP answers. The protocol's codes are those of Confluent's REST interface: an HTTP status
 * with two more digits, such as 40403 for an unknown schema.
 */
final class ReplyReader {

  /** Longer messages are cut: some registries repeat whole schemas. */
  private static final int LONGEST_MESSAGE = 500;

  private static final ObjectMapper JSON = new ObjectMapper();

  private ReplyReader() {}

  /**
   * @param asked what was asked for, such as {@code schema id 7}
   */
  static Reply read(int status, String body, String asked) {
    JsonNode json = json(body);
    if (status >= 200 && status < 300) {
      return json.isMissingNode()
          ? new Reply.Again("status " + status + " without JSON; check the URL and its path")
          : new Reply.Done(json);
    }
    int code = json.path("error_code").asInt(0);
    String said = said(json);
    return switch (status) {
      case 401, 403 ->
          new Reply.Failed(
              new RegistryRefusedException(
                  "the schema registry refused "
                      + asked
                      + " with status "
                      + status
                      + "; check its user and password or token, and their rights"));
      case 404 -> notFound(code, asked);
      case 409 ->
          new Reply.Failed(
              new IncompatibleSchemaException(
                  asked
                      + " is not compatible with the subject's other versions; make the change"
                      + " compatible, or use another subject"
                      + said));
      case 400, 422 ->
          new Reply.Failed(
              new InvalidSchemaException(
                  "the schema registry refused " + asked + " as invalid" + said));
      case 408, 429 -> new Reply.Again("status " + status);
      default ->
          status >= 500
              ? new Reply.Again("status " + status)
              : new Reply.Again("status " + status + "; check the URL and its path");
    };
  }

  /**
   * A 404 without the protocol's own code comes from something else: it says nothing of a schema.
   */
  private static Reply notFound(int code, String asked) {
    return code >= 40401 && code <= 40499
        ? new Reply.Failed(
            new SchemaNotFoundException("the schema registry does not know " + asked))
        : new Reply.Again("status 404 without a code of the protocol; check the URL and its path");
  }

  private static String said(JsonNode json) {
    String text = json.path("message").asText("").replaceAll("\\s+", " ").strip();
    if (text.isEmpty()) {
      return "";
    }
    return "; it said: "
        + (text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + "…" : text);
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }
}
