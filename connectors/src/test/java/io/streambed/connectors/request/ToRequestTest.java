/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ToRequestTest {

  private static final String SECRET = "the number of the bicycle lock";

  private final Map<String, String> settings =
      new HashMap<>(
          Map.of("request", "prompt", "fields.prompt", "/text", "constants.model", "fast"));

  static List<Arguments> values() {
    String json = "{\"text\": \"What is it?\", \"order\": {\"id\": 17}}";
    return List.of(
        Arguments.of(Schema.BYTES_SCHEMA, json.getBytes(UTF_8)),
        Arguments.of(Schema.BYTES_SCHEMA, ByteBuffer.wrap(json.getBytes(UTF_8))),
        Arguments.of(Schema.STRING_SCHEMA, json),
        Arguments.of(null, Map.of("text", "What is it?", "order", Map.of("id", 17L))));
  }

  @ParameterizedTest
  @MethodSource("values")
  void aRecordBecomesAPromptOfOneMessage(@Nullable Schema schema, Object value) {
    // Given
    settings.put("fields.id", "/order/id");
    settings.put("fields.tenant", "/tenant");
    settings.put("constants.tenant", "acme");
    settings.put("constants.system", "Be short.");
    settings.put("constants.maxTokens", "100");
    settings.put("constants.metadata", "{\"source\": \"kinesis\"}");

    // When
    SourceRecord request = applied(record(schema, value));

    // Then
    assertThat(request.topic()).isEqualTo("requests");
    assertThat(request.valueSchema().name()).isEqualTo("io.streambed.schemas.PromptRequest");
    Struct prompt = (Struct) request.value();
    prompt.validate();
    assertThat(prompt.getString("id")).isEqualTo("17");
    assertThat(prompt.getString("tenant")).isEqualTo("acme");
    assertThat(prompt.getString("model")).isEqualTo("fast");
    assertThat(prompt.getStruct("inference").getInt32("maxTokens")).isEqualTo(100);
    Map<String, String> metadata = prompt.getMap("metadata");
    assertThat(metadata).isEqualTo(Map.of("source", "kinesis"));
    Struct system = (Struct) prompt.getArray("system").getFirst();
    assertThat(system.getString("text")).isEqualTo("Be short.");
    Struct message = (Struct) prompt.getArray("messages").getFirst();
    assertThat(message.getString("role")).isEqualTo("USER");
    Struct block = (Struct) message.getArray("content").getFirst();
    assertThat(block.getString("text")).isEqualTo("What is it?");
  }

  @Test
  void aTextBecomesAnEmbeddingRequest() {
    // Given
    Map<String, String> embedding =
        Map.of(
            "request",
            "embedding",
            "payload",
            "text",
            "fields.text",
            "",
            "constants.model",
            "vectors",
            "constants.purpose",
            "document");

    // When
    SourceRecord request =
        transform(embedding).apply(record(Schema.BYTES_SCHEMA, "Grün, \"so\"".getBytes(UTF_8)));

    // Then
    Struct value = (Struct) request.value();
    assertThat(value.schema().name()).isEqualTo("io.streambed.schemas.EmbeddingRequest");
    assertThat(value.getString("text")).isEqualTo("Grün, \"so\"");
    assertThat(value.getString("purpose")).isEqualTo("DOCUMENT");
  }

  @Test
  void itsPlaceInKinesisIsTheIdOfARecordThatHasNone() {
    // Given
    settings.put("fields.id", "/id");
    SourceRecord record = json("{\"text\": \"a\"}");
    record
        .headers()
        .addString("kinesis.stream", "orders")
        .addString("kinesis.shard", "shardId-000000000001")
        .addString("kinesis.sequence", "4957");

    // Then
    assertThat(id(applied(record))).isEqualTo("orders/shardId-000000000001/4957");
    record.headers().addString("kinesis.subsequence", "3");
    assertThat(id(applied(record))).isEqualTo("orders/shardId-000000000001/4957/3");
    assertThat(id(applied(json("{\"text\": \"a\"}")))).as("from elsewhere").isNull();
    assertThat(id(applied(json("{\"text\": \"a\", \"id\": \"own\"}")))).isEqualTo("own");
  }

  @Test
  void keyTimeAndHeadersAreTakenOver() {
    // Given
    settings.put("key", "/customer");
    settings.put("headers", "traceparent=/trace, absent=/none");
    SourceRecord record = json("{\"text\": \"a\", \"customer\": 5, \"trace\": \"00-1\"}");
    record.headers().addLong("kinesis.arrival", 77L).addString("traceparent", "old");

    // When
    SourceRecord request = applied(record);

    // Then
    assertThat(request.key()).isEqualTo("5");
    assertThat(request.keySchema()).isEqualTo(Schema.STRING_SCHEMA);
    assertThat(request.timestamp()).isEqualTo(77L);
    assertThat(request.headers().allWithName("traceparent"))
        .toIterable()
        .singleElement()
        .satisfies(header -> assertThat(header.value()).isEqualTo("00-1"));
    assertThat(request.headers().lastWithName("absent")).isNull();
    assertThat(record.headers().lastWithName("traceparent").value())
        .as("the original is left alone")
        .isEqualTo("old");
  }

  static List<Arguments> unfit() {
    Struct struct =
        new Struct(SchemaBuilder.struct().field("text", Schema.STRING_SCHEMA).build())
            .put("text", SECRET);
    return List.of(
        Arguments.of(Schema.BYTES_SCHEMA, SECRET.getBytes(UTF_8), "value", "is no JSON (30 bytes)"),
        Arguments.of(Schema.STRING_SCHEMA, SECRET, "value", "is no JSON (30 characters)"),
        Arguments.of(Schema.STRING_SCHEMA, "{} " + SECRET, "value", "is no JSON"),
        Arguments.of(Schema.BYTES_SCHEMA, new byte[0], "value", "is empty"),
        Arguments.of(struct.schema(), struct, "value", "is a Struct"),
        Arguments.of(Schema.STRING_SCHEMA, "{\"txt\": 1}", "prompt", "has nothing at '/text'"),
        Arguments.of(Schema.STRING_SCHEMA, "{\"text\": null}", "prompt", "is missing"),
        Arguments.of(
            Schema.STRING_SCHEMA, "{\"text\": [\"" + SECRET + "\"]}", "prompt", "must be text"),
        Arguments.of(
            Schema.STRING_SCHEMA,
            "{\"text\": \"a\", \"max\": \"" + SECRET + "\"}",
            "inference.maxTokens",
            "must be a number"));
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void aRecordThatCannotBecomeARequestIsPutAsideAsItCame(
      Schema schema, Object value, String field, String reason) {
    // Given
    settings.put("fields.maxTokens", "/max");
    settings.put("errors.topic", "bad");
    SourceRecord record = record(schema, value);

    // When
    SourceRecord aside = applied(record);

    // Then
    assertThat(aside.topic()).isEqualTo("bad");
    assertThat(aside.kafkaPartition()).isNull();
    assertThat(aside.key()).isEqualTo("k");
    assertThat(aside.valueSchema()).isEqualTo(schema);
    assertThat(aside.value()).isSameAs(value);
    assertThat(text(aside.headers(), ToRequest.ERROR_FIELD)).isEqualTo(field);
    assertThat(text(aside.headers(), ToRequest.ERROR_REASON))
        .contains(reason)
        .doesNotContain(SECRET);
    assertThat(record.headers()).as("the original is left alone").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void withoutATopicForItItFailsAndSaysWhy(
      Schema schema, Object value, String field, String reason) {
    // Given
    settings.put("fields.maxTokens", "/max");
    SourceRecord record = record(schema, value);

    // Then
    assertThatThrownBy(() -> applied(record))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("requests")
        .hasMessageContaining(field)
        .hasMessageContaining(reason)
        .hasMessageContaining("errors.topic")
        .hasMessageNotContaining(SECRET)
        .hasNoCause();
  }

  @Test
  void jsonThatWasTakenApartIsPutAsideAsText() {
    settings.put("errors.topic", "bad");

    SourceRecord aside = applied(record(null, Map.of("txt", List.of(1, 2))));

    assertThat(aside.valueSchema()).isEqualTo(Schema.STRING_SCHEMA);
    assertThat(aside.value()).isEqualTo("{\"txt\":[1,2]}");
  }

  @Test
  void recordsOfShardsPassAsTheyAre() {
    SourceRecord record = json("{\"event\": \"ended\"}");
    record.headers().addString("kinesis.shard.event", "ended");

    assertThat(applied(record)).isSameAs(record);
  }

  @Test
  @SuppressWarnings("rawtypes") // A class literal has no parameters.
  void connectFindsItByItsService() {
    assertThat(
            ServiceLoader.load(Transformation.class).stream()
                .anyMatch(provider -> provider.type().equals(ToRequest.class)))
        .isTrue();
  }

  @Test
  void withoutConfigurationItSaysSo() {
    ToRequest<SourceRecord> fresh = new ToRequest<>();

    assertThatThrownBy(() -> fresh.apply(json("{}")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not configured");
  }

  private SourceRecord applied(SourceRecord record) {
    return transform(settings).apply(record);
  }

  private static ToRequest<SourceRecord> transform(Map<String, String> settings) {
    ToRequest<SourceRecord> transform = new ToRequest<>();
    transform.configure(settings);
    return transform;
  }

  private static SourceRecord json(String value) {
    return record(Schema.STRING_SCHEMA, value);
  }

  private static SourceRecord record(@Nullable Schema schema, Object value) {
    return new SourceRecord(
        Map.of(),
        Map.of(),
        "requests",
        2,
        Schema.STRING_SCHEMA,
        "k",
        schema,
        value,
        null,
        new ConnectHeaders());
  }

  private static @Nullable String id(SourceRecord request) {
    return ((Struct) request.value()).getString("id");
  }

  private static String text(Headers headers, String name) {
    return headers.lastWithName(name).value().toString();
  }
}
