/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.apicurio.registry.utils.converter.avro.AvroData;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.serdes.RecordDecoder;
import io.streambed.schemas.serdes.SerdeConfig;
import io.streambed.schemas.serdes.WireFormat;
import io.streambed.schemas.topics.TopicCatalogue;
import io.streambed.schemas.topics.TopicSpec;
import io.streambed.schemas.topics.TopicSpec.ValueEncoding;
import io.streambed.schemas.topics.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContractSchemasTest {

  private static final int ID = 7;

  private final AvroData data =
      ConverterConfig.of(Map.of(SerdeConfig.URLS, "http://localhost:1")).avroData();

  static Stream<String> topics() {
    return specs().map(TopicSpec::name);
  }

  @ParameterizedTest
  @MethodSource("topics")
  void whatWentThroughConnectCanBeWrittenAsTheContract(String topic) {
    // Given
    Schema contract =
        specs().filter(spec -> spec.name().equals(topic)).findAny().orElseThrow().value();

    // When
    org.apache.kafka.connect.data.Schema connect = data.toConnectSchema(contract);
    DatumCoder coder = DatumCoder.of(data.fromConnectSchema(connect), contract);

    // Then
    assertThat(ContractSchemas.of(connect)).contains(contract);
    assertThat(coder).isInstanceOf(DatumCoder.Resolving.class);
  }

  @Test
  void aPromptComesBackFromConnectAsItWas() throws IOException {
    // Given
    Schema contract = PromptRequest.getClassSchema();
    Object datum =
        new GenericDatumReader<>(contract)
            .read(null, DecoderFactory.get().binaryDecoder(avro(Prompts.full()), null));

    // When
    SchemaAndValue connect = data.toConnectData(contract, datum);
    Object own = data.fromConnectData(connect.schema(), connect.value());
    byte[] again = DatumCoder.of(data.fromConnectSchema(connect.schema()), contract).encode(own);

    // Then
    PromptRequest read =
        new RecordDecoder<>(PromptRequest.class).decode(WireFormat.wrap(ID, again), contract);
    assertThat(read).isEqualTo(Prompts.full());
  }

  @Test
  void onlyStructsOfOurNamesAreOfTheContract() {
    assertThat(ContractSchemas.of(null)).isEmpty();
    assertThat(ContractSchemas.of(org.apache.kafka.connect.data.Schema.STRING_SCHEMA)).isEmpty();
    assertThat(
            ContractSchemas.of(
                org.apache.kafka.connect.data.SchemaBuilder.struct().name("shop.Order").build()))
        .isEmpty();
  }

  @Test
  void connectsSchemaHasNoDocumentationAndNamesTheSymbolsOfEnums() {
    // When
    org.apache.kafka.connect.data.Schema connect =
        ContractSchemas.connect(PromptRequest.getClassSchema());

    // Then
    assertThat(connect.parameters()).isNull();
    assertThat(connect.field("priority").schema().parameters())
        .containsEntry("io.confluent.connect.avro.Enum", "io.streambed.schemas.Priority")
        .containsKey("io.confluent.connect.avro.Enum.INTERACTIVE");
    assertThat(connect.field("priority").schema().defaultValue()).isEqualTo("STANDARD");
  }

  private static Stream<TopicSpec> specs() {
    return TopicCatalogue.of(Topics.defaults()).stream()
        .filter(spec -> spec.encoding() == ValueEncoding.REGISTRY);
  }

  private static byte[] avro(PromptRequest prompt) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new SpecificDatumWriter<>(PromptRequest.class).write(prompt, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
