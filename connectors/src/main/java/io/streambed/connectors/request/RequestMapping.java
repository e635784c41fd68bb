/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a record. Pure; any thread. */
final class RequestMapping {

  private final RequestConfig config;

  RequestMapping(RequestConfig config) {
    this.config = config;
  }

  /**
   * @param given the record's value
   * @param position the request's id, where the value has none: the same for the same record
   */
  Mapping map(@Nullable Object given, Optional<String> position) {
    try {
      JsonNode value = RecordValue.json(given, config.payload());
      ObjectNode request = assembled(value);
      if (!request.has(RequestField.ID)) {
        position.ifPresent(id -> request.put(RequestField.ID, id));
      }
      RequestKind kind = config.kind();
      return new Mapping.Mapped(
          ContractJson.struct(request, kind.avro(), kind.connect(), ""),
          key(value),
          headers(value));
    } catch (UnfitValueException e) {
      return new Mapping.Refused(e.field(), e.reason());
    }
  }

  /** The request as JSON in the shape of the contract. */
  private ObjectNode assembled(JsonNode value) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    ObjectNode inference = JsonNodeFactory.instance.objectNode();
    config
        .sources()
        .forEach((field, source) -> {
          Optional<JsonNode> found = source.find(value);
          if (found.isPresent()) {
            ObjectNode place =
                switch (field.place()) {
                  case REQUEST -> request;
                  case INFERENCE -> inference;
                };
            place.set(field.member(), field.shaped(found.get()));
          } else if (field.mandatory()) {
            throw new UnfitValueException(
                field.name(), "is missing: the value has nothing at " + source.place());
          }
        });
    if (!inference.isEmpty()) {
      request.set(RequestField.INFERENCE, inference);
    }
    return request;
  }

  private Optional<String> key(JsonNode value) {
    return config
        .key()
        .map(pointer ->
            FieldSource.at(value, pointer)
                .map(found -> ContractJson.text(found, RequestConfig.KEY))
                .orElseThrow(() ->
                    new UnfitValueException(
                        RequestConfig.KEY,
                        "is missing: the value has nothing at '" + pointer + "'")));
  }

  private Map<String, String> headers(JsonNode value) {
    Map<String, String> headers = new LinkedHashMap<>();
    config
        .headers()
        .forEach((name, pointer) ->
            FieldSource.at(value, pointer)
                .ifPresent(found -> headers.put(name, ContractJson.text(found, "header " + name))));
    return headers;
  }
}
