/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.kafka.connect.data.Field;

/**
 * What a setting can give of a request. The contract's schema says which there are; those of {@code
 * inference} stand beside the others, and a conversation of one message has a short form.
 *
 * @param name in settings, behind {@code fields.} and {@code constants.}
 * @param member of the contract's record, or of its {@code inference}
 * @param place of that member
 * @param shape in which the value gives it
 * @param mandatory whether a request without it is refused
 * @param avro the contract's schema of the member
 * @param connect the same, as Connect knows it
 * @param doc what it is, for people
 */
record RequestField(
    String name,
    String member,
    Place place,
    Shape shape,
    boolean mandatory,
    Schema avro,
    org.apache.kafka.connect.data.Schema connect,
    String doc) {

  static final String ID = "id";
  static final String PROMPT = "prompt";
  static final String MESSAGES = "messages";
  static final String SYSTEM = "system";
  static final String INFERENCE = "inference";

  private static final Set<Schema.Type> STRUCTURED =
      Set.of(Schema.Type.RECORD, Schema.Type.ARRAY, Schema.Type.MAP);

  /** Where a member is. */
  enum Place {
    REQUEST,
    INFERENCE
  }

  /** How a member is given. */
  enum Shape {
    /** As in the contract. */
    SAME,
    /** As the text of a conversation's only message. */
    USER_MESSAGE,
    /** As one text, or as in the contract. */
    SYSTEM_TEXT
  }

  /** All of a kind of request, by name, in the contract's order. */
  static Map<String, RequestField> of(
      Schema contract, org.apache.kafka.connect.data.Schema connect) {
    Map<String, RequestField> fields = new LinkedHashMap<>();
    for (Schema.Field field : contract.getFields()) {
      Field known = connect.field(field.name());
      if (field.name().equals(INFERENCE)) {
        for (Schema.Field inner : ContractJson.present(field.schema()).getFields()) {
          Field knownInner = known.schema().field(inner.name());
          add(fields, inner.name(), inner, knownInner, Place.INFERENCE, Shape.SAME);
        }
      } else if (field.name().equals(MESSAGES)) {
        add(fields, PROMPT, field, known, Place.REQUEST, Shape.USER_MESSAGE);
        add(fields, MESSAGES, field, known, Place.REQUEST, Shape.SAME);
      } else {
        Shape shape = field.name().equals(SYSTEM) ? Shape.SYSTEM_TEXT : Shape.SAME;
        add(fields, field.name(), field, known, Place.REQUEST, shape);
      }
    }
    return fields;
  }

  private static void add(
      Map<String, RequestField> fields,
      String name,
      Schema.Field field,
      Field connect,
      Place place,
      Shape shape) {
    fields.put(
        name,
        new RequestField(
            name,
            field.name(),
            place,
            shape,
            !field.hasDefaultValue(),
            field.schema(),
            connect.schema(),
            shape == Shape.USER_MESSAGE
                ? "The prompt: text of the conversation's only message, which the user says."
                : field.doc()));
  }

  /** Whether the member is more than one word or number, so that a constant of it is JSON. */
  boolean structured() {
    return shape == Shape.SAME && STRUCTURED.contains(ContractJson.present(avro).getType());
  }

  /**
   * The member as the contract has it.
   *
   * @throws UnfitValueException if the short form is no text
   */
  JsonNode shaped(JsonNode given) {
    return switch (shape) {
      case SAME -> given;
      case USER_MESSAGE -> {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("role", "USER");
        message.set("content", texts(given));
        yield JsonNodeFactory.instance.arrayNode().add(message);
      }
      case SYSTEM_TEXT -> given.isValueNode() ? texts(given) : given;
    };
  }

  private ArrayNode texts(JsonNode given) {
    String text = ContractJson.text(given, name);
    return JsonNodeFactory.instance
        .arrayNode()
        .add(JsonNodeFactory.instance.objectNode().put("text", text));
  }
}
