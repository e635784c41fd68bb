/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.released;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.released.Contract.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The gate itself over the real schemas, and breaking edits that it must catch. */
class CompatibilityGateTest {

  static final List<Contract> RECORDS = Contract.RECORDS;

  @ParameterizedTest
  @FieldSource("RECORDS")
  void theCurrentSchemaBreaksNoReleasedOne(Contract record) {
    List<String> violations = new ArrayList<>();
    for (int version = 1; version <= ReleasedSchemas.newest(); version++) {
      int released = version;
      ReleasedSchemas.version(record.type(), version)
          .ifPresent(old -> violations.addAll(all(record, record.current(), old, released)));
    }
    assertThat(violations).isEmpty();
  }

  @Test
  void aNewRequestFieldWithoutDefaultIsCaught() {
    assertThat(
            broken(
                PromptRequest.class,
                Rule.BACKWARD_TRANSITIVE,
                schema -> fields(schema).insert(0, field("region", "\"string\""))))
        .singleElement()
        .asString()
        .startsWith("PromptRequest breaks BACKWARD_TRANSITIVE at field region:")
        .contains("cannot read what version 1 wrote");
  }

  @Test
  void anotherTypeDeepInsideARequestIsCaught() {
    assertThat(
            broken(
                PromptRequest.class,
                Rule.BACKWARD_TRANSITIVE,
                schema ->
                    ((ObjectNode) named(named(schema, "messages").at("/type/items"), "role"))
                        .put("type", "long")))
        .anySatisfy(violation ->
            assertThat(violation)
                .startsWith("PromptRequest breaks BACKWARD_TRANSITIVE at field messages.role"));
  }

  @Test
  void takingAwayAFieldThatOldConsumersNeedIsCaught() {
    assertThat(
            broken(
                DeadLetter.class,
                Rule.FULL_TRANSITIVE,
                schema -> fields(schema).removeIf(f -> f.path("name").asText().equals("message"))))
        .singleElement()
        .asString()
        .startsWith("DeadLetter breaks FULL_TRANSITIVE at field message:")
        .contains("version 1 cannot read what the new schema writes");
  }

  @Test
  void aNewWordOfAnEnumBreaksNobody() {
    assertThat(
            broken(
                DeadLetter.class,
                Rule.FULL_TRANSITIVE,
                schema ->
                    ((ArrayNode) named(schema, "code").at("/type/symbols")).insert(0, "NEWER")))
        .isEmpty();
  }

  @Test
  void aNewContentFieldWithAValueForDefaultIsCaught() {
    assertThat(
            fingerprints(schema -> fields(schema).add(field("seed", "\"int\"").put("default", 0))))
        .singleElement()
        .asString()
        .startsWith("PromptRequest breaks stored fingerprints at field seed:")
        .contains("nullable with default null");
  }

  @Test
  void aNewNestedContentFieldMustBeNullableToo() {
    assertThat(
            fingerprints(schema ->
                ((ArrayNode) named(schema, "messages").at("/type/items/fields"))
                    .add(field("name", "\"string\"").put("default", ""))))
        .singleElement()
        .asString()
        .contains("at field messages.name:");
  }

  @Test
  void aNullableNewContentFieldIsAllowed() {
    assertThat(
            fingerprints(schema ->
                fields(schema).add(field("seed", "[\"null\",\"int\"]").putNull("default"))))
        .isEmpty();
  }

  @Test
  void aFieldMayNotCrossIntoTheContentNorChangeItsPartInTheFingerprint() {
    assertThat(
            fingerprints(schema -> {
              ArrayNode fields = fields(schema);
              fields.add(fields.remove(0));
              ((ObjectNode) named(schema, "additionalModelFields")).remove("fingerprint");
            }))
        .hasSize(2)
        .anySatisfy(one -> assertThat(one).contains("at field id:", "side of the field `model`"))
        .anySatisfy(one -> assertThat(one).contains("additionalModelFields:", "must not change"));
  }

  private static List<String> all(Contract record, Schema current, Schema old, int version) {
    List<String> violations =
        new ArrayList<>(CompatibilityGate.violations(record.rule(), current, old, version));
    if (record.isRequest()) {
      violations.addAll(FingerprintGate.violations(current, old));
    }
    return violations;
  }

  private static List<String> broken(
      Class<? extends org.apache.avro.specific.SpecificRecordBase> type,
      Rule rule,
      Consumer<ObjectNode> edit) {
    Schema old = ReleasedSchemas.version(type, 1).orElseThrow();
    return CompatibilityGate.violations(rule, edited(old, edit), old, 1);
  }

  private static List<String> fingerprints(Consumer<ObjectNode> edit) {
    Schema old = ReleasedSchemas.version(PromptRequest.class, 1).orElseThrow();
    return FingerprintGate.violations(edited(old, edit), old);
  }

  private static Schema edited(Schema schema, Consumer<ObjectNode> edit) {
    try {
      ObjectNode json = (ObjectNode) new ObjectMapper().readTree(schema.toString());
      edit.accept(json);
      return new Schema.Parser().parse(json.toString());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static ArrayNode fields(JsonNode record) {
    return (ArrayNode) record.get("fields");
  }

  private static JsonNode named(JsonNode record, String name) {
    for (JsonNode field : record.get("fields")) {
      if (field.get("name").asText().equals(name)) {
        return field;
      }
    }
    throw new AssertionError("no field " + name);
  }

  private static ObjectNode field(String name, String type) {
    try {
      ObjectNode field = new ObjectMapper().createObjectNode().put("name", name);
      field.set("type", new ObjectMapper().readTree(type));
      return field;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
