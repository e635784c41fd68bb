/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.connectors.avro.AvroConverter;
import io.streambed.local.registry.LocalRegistry;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.Message;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Role;
import io.streambed.schemas.serdes.AvroDeserializer;
import io.streambed.schemas.serdes.SerdeConfig;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** What the transform makes is what the platform reads. */
class ToRequestIT {

  @Test
  void thePlatformReadsTheRequestAndAnybodyTheRecordThatWasPutAside() {
    try (LocalRegistry registry = LocalRegistry.start("127.0.0.1", 0);
        AvroConverter converter = new AvroConverter();
        ToRequest<SourceRecord> transform = new ToRequest<>();
        AvroDeserializer<PromptRequest> platform = new AvroDeserializer<>()) {
      // Given
      converter.configure(Map.of(SerdeConfig.URLS, registry.url()), false);
      platform.configure(
          Map.of(SerdeConfig.URLS, registry.url(), SerdeConfig.RECORD, PromptRequest.class), false);
      transform.configure(
          Map.of(
              "request",
              "prompt",
              "fields.id",
              "/id",
              "fields.prompt",
              "/text",
              "constants.model",
              "fast",
              "errors.topic",
              "bad"));

      // When
      SourceRecord request = transform.apply(record("{\"id\": \"o-1\", \"text\": \"Why?\"}"));
      SourceRecord aside = transform.apply(record("no JSON"));

      // Then
      assertThat(platform.deserialize(request.topic(), written(converter, request)))
          .isEqualTo(
              PromptRequest.newBuilder()
                  .setId("o-1")
                  .setModel("fast")
                  .setMessages(
                      List.of(
                          Message.newBuilder()
                              .setRole(Role.USER)
                              .setContent(
                                  List.of(ContentBlock.newBuilder().setText("Why?").build()))
                              .build()))
                  .build());
      assertThat(converter.toConnectData(aside.topic(), written(converter, aside)).value())
          .isEqualTo(ByteBuffer.wrap("no JSON".getBytes(UTF_8)));
    }
  }

  private static byte[] written(AvroConverter converter, SourceRecord record) {
    return Objects.requireNonNull(
        converter.fromConnectData(record.topic(), record.valueSchema(), record.value()));
  }

  private static SourceRecord record(String value) {
    return new SourceRecord(
        Map.of(), Map.of(), "prompt-requests", Schema.BYTES_SCHEMA, value.getBytes(UTF_8));
  }
}
