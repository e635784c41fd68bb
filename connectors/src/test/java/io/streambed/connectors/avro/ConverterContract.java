/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.registry.Compatibility;
import io.streambed.schemas.registry.PortableSchema;
import io.streambed.schemas.registry.RegistryConfig;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.AvroEncoder;
import io.streambed.schemas.serdes.RecordDecoder;
import io.streambed.schemas.serdes.SerdeConfig;
import io.streambed.schemas.serdes.SubjectNaming;
import io.streambed.schemas.serdes.WireFormat;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the converter promises on every registry; each has a subclass that starts it. */
abstract class ConverterContract {

  static final Duration SOON = Duration.ofSeconds(20);

  private static final Schema CONTRACT = PromptRequest.getClassSchema();

  /** Nothing registered before has it. */
  final String topic = "prompts-" + UUID.randomUUID();

  final String subject = topic + "-value";

  SchemaRegistryClient client;

  /** Base URL of the registry. */
  abstract URI url();

  @BeforeEach
  void connect() {
    client = new SchemaRegistryClient(RegistryConfig.of(url()));
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @Test
  void aRecordOfTheContractComesBackFromConnectAsItWasAndWithItsOwnSchema() {
    // Given
    byte[] before = prompt(topic);
    try (AvroConverter converter = converter(Map.of())) {
      // When
      byte[] after = written(converter, topic, converter.toConnectData(topic, before));

      // Then
      assertThat(decoded(after)).isEqualTo(Prompts.full());
      assertThat(WireFormat.schemaId(after)).isEqualTo(WireFormat.schemaId(before));
      assertThat(get(client.versions(subject))).containsExactly(1);
    }
  }

  @Test
  void aKeyHasASubjectOfItsOwn() {
    try (AvroConverter converter = new AvroConverter()) {
      // Given
      converter.configure(settings(Map.of()), true);

      // When
      byte[] key =
          converter.fromConnectData(
              topic, org.apache.kafka.connect.data.Schema.STRING_SCHEMA, "customer-1");

      // Then
      assertThat(converter.toConnectData(topic, key).value()).isEqualTo("customer-1");
      assertThat(get(client.latest(topic + "-key")).schema().getType())
          .isEqualTo(Schema.Type.STRING);
    }
  }

  @Test
  void bytesAloneAreReadByAnyAvroReader() {
    try (AvroConverter converter = converter(Map.of())) {
      // When
      byte[] value =
          converter.fromConnectData(
              topic, org.apache.kafka.connect.data.Schema.BYTES_SCHEMA, new byte[] {0, -1, 2});

      // Then
      assertThat(converter.toConnectData(topic, value).value())
          .isEqualTo(ByteBuffer.wrap(new byte[] {0, -1, 2}));
      assertThat(get(client.latest(subject)).schema().getType()).isEqualTo(Schema.Type.BYTES);
    }
  }

  @Test
  void aRecordOfOthersComesBackFromConnectAsItWas() throws IOException {
    // Given
    int id = get(client.register(subject, ForeignRecord.SCHEMA));
    byte[] before = WireFormat.wrap(id, ForeignRecord.avro());
    String other = topic + "-copy";
    try (AvroConverter converter = converter(Map.of())) {
      // When
      byte[] after = written(converter, other, converter.toConnectData(topic, before));

      // Then
      Schema writer = get(client.schema(WireFormat.schemaId(after).orElseThrow()));
      assertThat(ForeignRecord.read(after, writer))
          .isEqualTo(ForeignRecord.read(before, ForeignRecord.SCHEMA));
    }
  }

  @Test
  void withoutAutoRegisterASchemaMustBeThere() {
    SchemaAndValue prompt = connectPrompt();
    try (AvroConverter converter = converter(Map.of(SerdeConfig.AUTO_REGISTER, "false"))) {
      assertThatThrownBy(() -> written(converter, topic, prompt))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(subject)
          .hasMessageContaining(SerdeConfig.AUTO_REGISTER);

      // When
      int id = get(client.register(subject, CONTRACT));

      // Then
      assertThat(WireFormat.schemaId(written(converter, topic, prompt))).hasValue(id);
    }
  }

  @Test
  void whereAskedTheSubjectsNewestSchemaIsWritten() throws IOException {
    // Given
    SchemaAndValue prompt = connectPrompt();
    get(client.register(subject, CONTRACT));
    int newest = get(client.register(subject, later(true)));
    try (AvroConverter converter = converter(Map.of(ConverterConfig.USE_LATEST, "true"))) {
      // When
      byte[] value = written(converter, topic, prompt);

      // Then
      assertThat(WireFormat.schemaId(value)).hasValue(newest);
      assertThat(decoded(value)).isEqualTo(Prompts.full());
    }
  }

  @Test
  void aNewestSchemaThatAsksForMoreIsRefusedAndTheFieldIsNamed() throws IOException {
    // Given
    SchemaAndValue prompt = connectPrompt();
    get(client.setCompatibility(subject, Compatibility.NONE));
    get(client.register(subject, later(false)));
    try (AvroConverter converter = converter(Map.of(ConverterConfig.USE_LATEST, "true"))) {
      assertThatThrownBy(() -> written(converter, topic, prompt))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("field later")
          .hasMessageNotContaining(Prompts.SECRET);
    }
  }

  @Test
  void aSubjectWithoutSchemaHasNoNewestOne() {
    SchemaAndValue prompt = connectPrompt();
    try (AvroConverter converter = converter(Map.of(ConverterConfig.USE_LATEST, "true"))) {
      assertThatThrownBy(() -> written(converter, topic, prompt))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(subject)
          .hasMessageContaining(ConverterConfig.USE_LATEST);
    }
  }

  @Test
  void anUnknownSchemaIdIsABadRecord() {
    byte[] value = WireFormat.wrap(2_000_000_000, new byte[] {0});
    try (AvroConverter converter = converter(Map.of())) {
      assertThatThrownBy(() -> converter.toConnectData(topic, value))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("2000000000");
    }
  }

  @Test
  void aDamagedRecordIsRefusedWithoutItsContent() {
    // Given
    byte[] whole = prompt(topic);
    byte[] damaged = Arrays.copyOf(whole, whole.length - 3);
    try (AvroConverter converter = converter(Map.of())) {
      // Then
      assertThatThrownBy(() -> converter.toConnectData(topic, damaged))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(damaged.length + " bytes")
          .hasMessageNotContaining(Prompts.SECRET)
          .hasNoCause();
    }
  }

  /** A prompt as a producer of Streambed writes it. */
  final byte[] prompt(String to) {
    AvroEncoder encoder = new AvroEncoder(client, SubjectNaming.TOPIC_NAME, true);
    get(encoder.prepare(to, CONTRACT));
    return encoder.encode(to, Prompts.full());
  }

  /** The same as Connect knows it; its schema stands under a subject of another topic. */
  private SchemaAndValue connectPrompt() {
    String other = topic + "-other";
    try (AvroConverter converter = converter(Map.of())) {
      return converter.toConnectData(other, prompt(other));
    }
  }

  final AvroConverter converter(Map<String, String> more) {
    AvroConverter converter = new AvroConverter();
    converter.configure(settings(more), false);
    return converter;
  }

  private Map<String, String> settings(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put(SerdeConfig.URLS, url().toString());
    return settings;
  }

  static byte[] written(AvroConverter converter, String topic, SchemaAndValue record) {
    return Objects.requireNonNull(
        converter.fromConnectData(topic, record.schema(), record.value()));
  }

  private PromptRequest decoded(byte[] value) {
    return new RecordDecoder<>(PromptRequest.class)
        .decode(value, get(client.schema(WireFormat.schemaId(value).orElseThrow())));
  }

  /** The contract's schema with one field more. */
  private static Schema later(boolean optional) throws IOException {
    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(PortableSchema.text(CONTRACT));
    ObjectNode field = ((ArrayNode) json.get("fields")).addObject().put("name", "later");
    if (optional) {
      field.putArray("type").add("null").add("string");
      field.putNull("default");
    } else {
      field.put("type", "string");
    }
    return new Schema.Parser().parse(json.toString());
  }

  static <T> T get(CompletableFuture<T> future) {
    assertThat(future).succeedsWithin(SOON);
    return future.join();
  }
}
